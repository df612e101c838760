/** The command line: one class per command, and their common output and failure handling. */
@NullMarked
package io.binlogbroker.cli;

import org.jspecify.annotations.NullMarked;
