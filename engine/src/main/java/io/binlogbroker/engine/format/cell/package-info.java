/** Cells as text and bytes: output, labels, numbers, and what the JSON formats share. */
@NullMarked
package io.binlogbroker.engine.format.cell;

import org.jspecify.annotations.NullMarked;
