/** The program: its entry point, the broker command, logging, and commands without a room. */
@NullMarked
package io.binlogbroker.cli;

import org.jspecify.annotations.NullMarked;
