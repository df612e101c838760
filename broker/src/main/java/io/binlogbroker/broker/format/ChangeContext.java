package io.binlogbroker.broker.format;

import org.jspecify.annotations.Nullable;

/**
 * What a message tells of a change beside its row: whence and when. Mutable and reused; belongs to
 * the relay thread.
 */
public final class ChangeContext {
  private final String group;
  private long serverId;
  private @Nullable String gtid;
  private String file = "";
  private long committedMillis;
  private long offset;

  public ChangeContext(String group) {
    this.group = group;
  }

  /** Takes what all changes of a transaction share. */
  public void begin(@Nullable String gtid, long serverId, String file, long committedMillis) {
    this.gtid = gtid;
    this.serverId = serverId;
    this.file = file;
    this.committedMillis = committedMillis;
  }

  /** Takes where the rows event stands in the file. */
  public void at(long offset) {
    this.offset = offset;
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

  /** When the source committed, milliseconds since the epoch. */
  public long committedMillis() {
    return committedMillis;
  }

  /** 64-bit offset in the file of the event that carries the row. */
  public long offset() {
    return offset;
  }
}
