package io.binlogbroker.binlog.row;

/** The cells of one row before or after a change. Valid until the rows move on; one thread. */
public interface RowImage {
  /** Whether the image holds this column at all: not always with a row image other than FULL. */
  boolean has(int column);

  /** Whether the image holds the column as NULL. */
  boolean isNull(int column);

  /** Pushes every cell that the image holds, in column order. */
  void cells(CellSink sink);

  /** Pushes one cell that the image {@link #has}. */
  void cell(int column, CellSink sink);

  /** Whether this cell is held by both images, and is the same in both. */
  boolean sameCell(int column, RowImage other);
}
