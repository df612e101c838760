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
  private boolean withheld;
  private @Nullable String gtid;
  private long serverId;
  private Place place = new Place("", 0);
  private long committedMillis;

  /** A group starts; whether it holds a transaction is not known yet. */
  void open(@Nullable String gtid, long serverId, Place place, long committedMillis) {
    this.open = true;
    this.begun = false;
    this.rows = false;
    this.withheld = false;
    this.gtid = gtid;
    this.serverId = serverId;
    this.place = place;
    this.committedMillis = committedMillis;
  }

  /** It does hold a transaction. */
  SourceTransaction begin() {
    begun = true;
    return new SourceTransaction(gtid, serverId, place.file(), place.offset(), committedMillis);
  }

  /** It holds an XA transaction: whether its rows count is not known before its end. */
  void withhold() {
    withheld = true;
  }

  void sawRows() {
    rows = true;
  }

  void close() {
    open = false;
    begun = false;
    withheld = false;
  }

  boolean isOpen() {
    return open;
  }

  boolean isBegun() {
    return begun;
  }

  boolean isWithheld() {
    return withheld;
  }

  boolean hasRows() {
    return rows;
  }

  /** Of its first event. */
  Place place() {
    return place;
  }
}
