/** Processes that serve many groups together. */
@NullMarked
package io.binlogbroker.cli.fleet;

import org.jspecify.annotations.NullMarked;
