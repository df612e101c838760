/** The layout of a row's cells and the decoding of each into its column's type. */
@NullMarked
package io.binlogbroker.binlog.row.cell;

import org.jspecify.annotations.NullMarked;
