/** The command line: one class per command, and what they share about output and failures. */
@NullMarked
package io.binlogbroker.cli;

import org.jspecify.annotations.NullMarked;
