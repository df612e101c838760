package io.binlogbroker.engine.format;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.engine.format.cell.OutputBuffer;

/**
 * Writes the keys of one table's messages in the encoding of a format. Compiled for the key's
 * columns; reuses buffers; belongs to the relay thread.
 */
public interface KeyWriter {
  /**
   * The key of every row that has no key of its own: the key has no columns, or one of them is NULL
   * or absent in the row. The array must not be modified.
   */
  byte[] ofTable();

  /**
   * Appends a cell to the key; called for each of the key's columns, in the key's order.
   *
   * @param index of the column in the key, from 0
   * @param image row image in which the column is present and not NULL
   */
  void cell(int index, RowImage image, OutputBuffer key);
}
