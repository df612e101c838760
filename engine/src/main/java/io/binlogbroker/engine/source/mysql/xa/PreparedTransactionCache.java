package io.binlogbroker.engine.source.mysql.xa;

import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.Xid;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the events of those XA transactions that are small and were prepared last. Most are
 * committed soon, and reading each from the log again takes a connection. Relay thread.
 */
final class PreparedTransactionCache {
  private static final long LARGEST_BYTES = 256 << 10;
  private static final long MOST_BYTES = 8 << 20;

  private final Map<Xid, BufferedEvents> prepared = new LinkedHashMap<>();
  private long bytes;

  /** Null where the log is read from behind 4 GiB of its first file. */
  private byte @Nullable [] format;

  /** Null when it is too large to be kept, or there is none. */
  private @Nullable BufferedEvents open;

  /** A file of the log begins. */
  void fileBegins(BinlogEvent formatDescription) {
    format = formatDescription.copy();
  }

  /** An XA transaction begins. */
  void begin() {
    open = format == null ? null : new BufferedEvents(format);
  }

  /**
   * The transaction goes on.
   *
   * @param inPayload whether the event stands in no log by itself
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

  /** The transaction that goes on is prepared. */
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

  /** The events of the transaction that goes on; null when they are not kept. */
  @Nullable BufferedEvents takeOpen() {
    BufferedEvents events = open;
    open = null;
    return events;
  }

  /** The events of a prepared transaction; null when they are not kept. */
  @Nullable BufferedEvents take(Xid xid) {
    BufferedEvents events = prepared.remove(xid);
    bytes -= events == null ? 0 : events.bytes();
    return events;
  }

  void forget(Xid xid) {
    take(xid);
  }
}
