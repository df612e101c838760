package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.util.zip.CRC32;

/** Verifies the CRC32 at an event's end. Reused; one thread. */
final class EventChecksum {
  static final int LENGTH = 4;

  private final CRC32 crc = new CRC32();

  /** Checks the checksum of a whole event and cuts it off the slice. */
  void verifyAndCut(ByteReader event) {
    if (event.remaining() < BinlogEvent.HEADER_LENGTH + LENGTH) {
      throw new MalformedBytesException(
          "Expected an event of at least 23 bytes with its checksum but got " + event.remaining());
    }
    int covered = event.remaining() - LENGTH;
    crc.reset();
    crc.update(event.array(), event.position(), covered);
    long expected = new ByteReader(event.array(), event.position() + covered, LENGTH).u32();
    if (crc.getValue() != expected) {
      throw new MalformedBytesException(
          "Checksum error: the event's CRC32 is %08x but its bytes give %08x"
              .formatted(expected, crc.getValue()));
    }
    event.dropLast(LENGTH);
  }
}
