package io.binlogbroker.engine.format;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.engine.format.cell.OutputBuffer;

/**
 * Writes the keys of one table's messages as a format wants them. Compiled for the key's columns;
 * keeps buffers, belongs to the relay thread.
 */
public interface KeyWriter {
  /**
   * The key of every row that has no other: the key has no columns, or the row holds NULL or
   * nothing in one of them. Never written again.
   */
  byte[] ofTable();

  /**
   * Appends a cell to the key; called for each of the key's columns, in the key's order.
   *
   * @param index of the column in the key, from 0
   * @param image holds the column, and not as NULL
   */
  void cell(int index, RowImage image, OutputBuffer key);
}
