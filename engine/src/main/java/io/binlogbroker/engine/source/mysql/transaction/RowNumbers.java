package io.binlogbroker.engine.source.mysql.transaction;

import io.binlogbroker.binlog.row.Rows;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the rows of a transaction that have the same offset. Rows events that share an offset are
 * numbered consecutively, including rows that are not delivered: a row's number must not depend on
 * the routing rules. Mutable; belongs to the relay thread.
 */
public final class RowNumbers {
  private @Nullable Rows last;
  private boolean shared;
  private long offset = -1;
  private int first;

  /**
   * Restarts the numbering for another transaction, which may have rows at the same offset in the
   * next file.
   */
  public void begin() {
    last = null;
    offset = -1;
  }

  /**
   * Moves to a rows event.
   *
   * @param shared whether other rows events have the same offset
   */
  public void take(Rows rows, long offset, boolean shared) {
    if (offset != this.offset) {
      this.offset = offset;
      first = 0;
    }
    this.shared = shared;
    last = rows;
  }

  /** Skips the rest of the rows event; called before the reader moves to the next event. */
  public void pass() {
    if (last != null && shared) {
      first = Math.addExact(first, numbers(last));
    }
    last = null;
  }

  /**
   * Where rows that are not delivered cannot be counted, each byte counts as a row, so that numbers
   * still increase.
   */
  private static int numbers(Rows rows) {
    return rows.table().tellsLengths() ? rows.index() + 1 + rows.skip() : rows.bytes();
  }

  public Rows rows() {
    return Objects.requireNonNull(last, "The last step was no rows event");
  }

  public long offset() {
    return offset;
  }

  /** Number of the event's first row. */
  public int first() {
    return first;
  }
}
