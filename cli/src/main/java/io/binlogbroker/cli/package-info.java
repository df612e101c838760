/**
 * The program: its entry point, the broker command, logging, and the commands that have no package
 * of their own.
 */
@NullMarked
package io.binlogbroker.cli;

import org.jspecify.annotations.NullMarked;
