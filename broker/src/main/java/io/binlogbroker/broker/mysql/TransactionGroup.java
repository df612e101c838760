package io.binlogbroker.broker.mysql;

import io.binlogbroker.broker.relay.SourceTransaction;
import org.jspecify.annotations.Nullable;

/**
 * The group of events that is open: from its GTID event, or its BEGIN where there is none, to its
 * end. Mutable; belongs to the relay thread.
 */
final class TransactionGroup {
  private boolean open;
  private boolean begun;
  private boolean rows;
  private boolean xa;
  private @Nullable String gtid;
  private long serverId;
  private String file = "";
  private long offset;
  private long committedMillis;

  /** A group starts; whether it holds a transaction is not known yet. */
  void open(@Nullable String gtid, long serverId, String file, long offset, long committedMillis) {
    this.open = true;
    this.begun = false;
    this.rows = false;
    this.xa = false;
    this.gtid = gtid;
    this.serverId = serverId;
    this.file = file;
    this.offset = offset;
    this.committedMillis = committedMillis;
  }

  /** It does hold a transaction. */
  SourceTransaction begin(boolean xa) {
    this.begun = true;
    this.xa = xa;
    return transaction();
  }

  SourceTransaction transaction() {
    return new SourceTransaction(gtid, serverId, file, offset, committedMillis, xa);
  }

  void sawRows() {
    rows = true;
  }

  void close() {
    open = false;
    begun = false;
  }

  boolean isOpen() {
    return open;
  }

  boolean isBegun() {
    return begun;
  }

  boolean hasRows() {
    return rows;
  }

  String file() {
    return file;
  }

  long offset() {
    return offset;
  }
}
