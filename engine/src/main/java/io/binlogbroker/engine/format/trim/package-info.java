/** Finds the cells of a finished message, to leave some out. */
@NullMarked
package io.binlogbroker.engine.format.trim;

import org.jspecify.annotations.NullMarked;
