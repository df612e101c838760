package io.binlogbroker.engine.source.mysql.transaction;

import io.binlogbroker.binlog.row.Rows;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the rows of a transaction by the offset that they go under. Rows events that share one
 * are counted through, those that nobody read too: a row's number must not follow from what is
 * delivered. Mutable; belongs to the relay thread.
 */
public final class RowNumbers {
  private @Nullable Rows last;
  private boolean shared;
  private long offset = -1;
  private int first;

  /** Another transaction begins, perhaps of the next file, with rows at the same offset. */
  public void begin() {
    last = null;
    offset = -1;
  }

  /**
   * Comes to a rows event.
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

  /** Passes over what is left of the rows event; to be called before the reader moves on. */
  public void pass() {
    if (last != null && shared) {
      first = Math.addExact(first, numbers(last));
    }
    last = null;
  }

  /**
   * Where nobody can count rows that are not delivered, each byte may be one: numbers only grow.
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
