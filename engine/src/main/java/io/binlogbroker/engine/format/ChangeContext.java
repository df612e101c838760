package io.binlogbroker.engine.format;

import org.jspecify.annotations.Nullable;

/**
 * The metadata of a change in a message: its origin and times. Mutable and reused; belongs to the
 * relay thread.
 */
public final class ChangeContext {
  private final String group;
  private long serverId;
  private @Nullable String gtid;
  private String file = "";
  private long committedMillis;
  private long start;
  private long offset;
  private int row;
  private long writtenMillis;
  private boolean snapshot;

  public ChangeContext(String group) {
    this.group = group;
  }

  /**
   * Sets the values that all changes of a transaction share.
   *
   * @param start where the transaction begins in the file
   */
  public void begin(
      @Nullable String gtid, long serverId, String file, long start, long committedMillis) {
    this.gtid = gtid;
    this.start = start;
    this.serverId = serverId;
    this.file = file;
    this.committedMillis = committedMillis;
  }

  /** Sets the offset of the rows event in the file. */
  public void at(long offset) {
    this.offset = offset;
  }

  /**
   * Sets the values of one row.
   *
   * @param row index within its event, from 0
   * @param writtenMillis now, milliseconds since the epoch
   */
  public void row(int row, long writtenMillis) {
    this.row = row;
    this.writtenMillis = writtenMillis;
  }

  /**
   * Sets whether the following rows are those of a snapshot; before the first call they are not.
   */
  public void snapshot(boolean snapshot) {
    this.snapshot = snapshot;
  }

  public String group() {
    return group;
  }

  public long serverId() {
    return serverId;
  }

  public @Nullable String gtid() {
    return gtid;
  }

  public String file() {
    return file;
  }

  /**
   * The time at which the source committed, or the snapshot read the row, milliseconds since the
   * epoch.
   */
  public long committedMillis() {
    return committedMillis;
  }

  /** 64-bit offset in the file of the event that contains the row. */
  public long offset() {
    return offset;
  }

  /** 64-bit offset in the file where the transaction begins. */
  public long start() {
    return start;
  }

  /** Index of the row within its event, from 0. */
  public int row() {
    return row;
  }

  /** The time at which the broker writes the message, milliseconds since the epoch. */
  public long writtenMillis() {
    return writtenMillis;
  }

  /** Whether the rows are those of a snapshot. */
  public boolean snapshot() {
    return snapshot;
  }
}
