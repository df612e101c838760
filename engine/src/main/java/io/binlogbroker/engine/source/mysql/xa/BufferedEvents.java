package io.binlogbroker.engine.source.mysql.xa;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.event.BinlogEvent;
import io.binlogbroker.binlog.event.EventFeed;
import java.util.ArrayList;
import java.util.List;

/** The events of a transaction, buffered so that they can be read again. One thread. */
final class BufferedEvents implements EventFeed {
  /** Overhead of an array and of its entry in the list. */
  private static final int OVERHEAD_BYTES = 32;

  private final List<byte[]> events = new ArrayList<>();
  private long bytes;
  private int next;

  /**
   * @param format the FORMAT_DESCRIPTION event that the others are read by
   */
  BufferedEvents(byte[] format) {
    add(format);
  }

  void add(BinlogEvent event) {
    add(event.copy());
  }

  private void add(byte[] event) {
    events.add(event);
    bytes += event.length + OVERHEAD_BYTES;
  }

  /** Bytes of memory used. */
  long bytes() {
    return bytes;
  }

  @Override
  public boolean next(ByteReader event) {
    if (!ready()) {
      return false;
    }
    byte[] kept = events.get(next++);
    event.wrap(kept, 0, kept.length);
    return true;
  }

  @Override
  public boolean ready() {
    return next < events.size();
  }
}
