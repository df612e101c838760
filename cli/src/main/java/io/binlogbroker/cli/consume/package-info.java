/** The command that prints the messages of topics. */
@NullMarked
package io.binlogbroker.cli.consume;

import org.jspecify.annotations.NullMarked;
