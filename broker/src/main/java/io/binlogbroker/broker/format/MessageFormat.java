package io.binlogbroker.broker.format;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.RowPlan;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes as messages. Not shared between threads; keeps buffers and what it has compiled
 * for each table.
 */
public interface MessageFormat {
  /** What a message says has happened to its row. */
  enum Operation {
    INSERT,
    UPDATE,
    DELETE
  }

  /**
   * Writes one change.
   *
   * @param row index of the row within its event, from 0
   * @param before null for an insert
   * @param after null for a delete
   * @param nowMillis when the broker writes it, milliseconds since the epoch
   * @return a new array that holds the message
   */
  byte[] write(
      RowPlan plan,
      ChangeContext context,
      int row,
      Operation operation,
      @Nullable RowImage before,
      @Nullable RowImage after,
      long nowMillis);
}
