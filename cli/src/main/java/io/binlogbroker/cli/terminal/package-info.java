/** Output to a terminal or a file, and the signals that end a command. */
@NullMarked
package io.binlogbroker.cli.terminal;

import org.jspecify.annotations.NullMarked;
