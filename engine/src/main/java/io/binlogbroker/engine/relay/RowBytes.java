package io.binlogbroker.engine.relay;

import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.engine.model.DeliveredRows;
import java.util.zip.CRC32;

/**
 * Sums up the bytes of a transaction's rows, independent of their division into events. Mutable;
 * belongs to the relay thread.
 */
final class RowBytes {
  private final CRC32 crc = new CRC32();
  private long beforeEvent;
  private int ofEvent;

  void clear() {
    crc.reset();
    beforeEvent = 0;
    ofEvent = 0;
  }

  /** Adds the event's bytes up to an offset. */
  void addUpTo(Rows rows, int end) {
    if (end > ofEvent) {
      rows.feed(crc, ofEvent, end);
      ofEvent = end;
    }
  }

  /** The event ends; the next one follows. */
  void eventDone() {
    beforeEvent += ofEvent;
    ofEvent = 0;
  }

  /** The bytes of the transaction's earlier events. */
  long beforeEvent() {
    return beforeEvent;
  }

  /** All bytes added so far. */
  long total() {
    return beforeEvent + ofEvent;
  }

  DeliveredRows delivered(String gtid) {
    return new DeliveredRows(gtid, total(), crc.getValue());
  }
}
