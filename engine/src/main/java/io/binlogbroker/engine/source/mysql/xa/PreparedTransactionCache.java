package io.binlogbroker.engine.source.mysql.xa;

import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.Xid;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Caches the events of small XA transactions that were prepared recently. Most are committed soon,
 * and reading each from the log again takes a connection. Relay thread.
 */
final class PreparedTransactionCache {
  private static final long LARGEST_BYTES = 256 << 10;
  private static final long MOST_BYTES = 8 << 20;

  private final Map<Xid, BufferedEvents> prepared = new LinkedHashMap<>();
  private long bytes;

  /** The FORMAT_DESCRIPTION event; null where reading started beyond 4 GiB in the first file. */
  private byte @Nullable [] format;

  /** Events of the open transaction; null when it is too large to be cached, or there is none. */
  private @Nullable BufferedEvents open;

  /** A log file begins. */
  void fileBegins(BinlogEvent formatDescription) {
    format = formatDescription.copy();
  }

  /** An XA transaction begins. */
  void begin() {
    open = format == null ? null : new BufferedEvents(format);
  }

  /**
   * Adds an event of the open transaction.
   *
   * @param inPayload whether the event comes from a compressed transaction, so that it is not in
   *     the log by itself
   */
  void add(BinlogEvent event, boolean inPayload) {
    BufferedEvents events = open;
    if (events == null) {
      return;
    }
    if (inPayload || events.bytes() + event.length() > LARGEST_BYTES) {
      open = null;
      return;
    }
    events.add(event);
  }

  /** The open transaction is prepared. */
  void prepared(Xid xid) {
    forget(xid);
    BufferedEvents events = takeOpen();
    if (events == null) {
      return;
    }
    prepared.put(xid, events);
    bytes += events.bytes();
    while (bytes > MOST_BYTES) {
      forget(prepared.keySet().iterator().next());
    }
  }

  /** The events of the open transaction; null when they are not cached. */
  @Nullable BufferedEvents takeOpen() {
    BufferedEvents events = open;
    open = null;
    return events;
  }

  /** The events of a prepared transaction; null when they are not cached. */
  @Nullable BufferedEvents take(Xid xid) {
    BufferedEvents events = prepared.remove(xid);
    bytes -= events == null ? 0 : events.bytes();
    return events;
  }

  void forget(Xid xid) {
    take(xid);
  }
}
