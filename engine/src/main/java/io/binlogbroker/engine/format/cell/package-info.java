/**
 * Encodings of cells: output buffers, labels, numbers, and the common parts of the JSON formats.
 */
@NullMarked
package io.binlogbroker.engine.format.cell;

import org.jspecify.annotations.NullMarked;
