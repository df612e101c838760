package io.binlogbroker.engine.relay;

import io.binlogbroker.binlog.row.Rows;
import io.binlogbroker.engine.model.DeliveredRows;
import java.util.zip.CRC32;

/**
 * Adds up the bytes of a transaction's rows, whatever events they are cut into. Mutable; belongs to
 * the relay thread.
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

  /** Takes the event's bytes up to there. */
  void takeTo(Rows rows, int end) {
    if (end > ofEvent) {
      rows.feed(crc, ofEvent, end);
      ofEvent = end;
    }
  }

  /** The next event follows. */
  void eventDone() {
    beforeEvent += ofEvent;
    ofEvent = 0;
  }

  /** Those of the transaction's earlier events. */
  long beforeEvent() {
    return beforeEvent;
  }

  /** All that were taken. */
  long total() {
    return beforeEvent + ofEvent;
  }

  DeliveredRows delivered(String gtid) {
    return new DeliveredRows(gtid, total(), crc.getValue());
  }
}
