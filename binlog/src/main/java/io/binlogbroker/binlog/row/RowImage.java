package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.row.column.CellSink;

/** The cells of one row before or after a change. Valid until the next row is read; one thread. */
public interface RowImage {
  /** Whether the image contains this column; with a row image other than FULL it may not. */
  boolean has(int column);

  /** Whether the column is NULL in the image. */
  boolean isNull(int column);

  /** Pushes every cell of the image, in column order. */
  void cells(CellSink sink);

  /** Pushes one cell, for which {@link #has} must be true. */
  void cell(int column, CellSink sink);

  /** Whether both images contain this cell with the same value. */
  boolean sameCell(int column, RowImage other);
}
