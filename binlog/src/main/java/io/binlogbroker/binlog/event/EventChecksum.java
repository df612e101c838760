package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.util.zip.CRC32;

/** Verifies the CRC32 at an event's end. Reused; one thread. */
final class EventChecksum {
  static final int LENGTH = 4;

  private final CRC32 crc = new CRC32();

  /** Verifies the checksum of a whole event and removes it from the slice. */
  void verifyAndCut(ByteReader event) {
    if (event.remaining() < BinlogEvent.HEADER_LENGTH + LENGTH) {
      throw new MalformedBytesException(
          "Expected an event of at least 23 bytes with its checksum but got " + event.remaining());
    }
    if (!fits(event)) {
      throw new MalformedBytesException(
          "Checksum error: the event's CRC32 is %08x but the CRC32 of its bytes is %08x"
              .formatted(written(event), crc.getValue()));
    }
    event.dropLast(LENGTH);
  }

  /** Whether the last four bytes are the CRC32 of those before them. */
  boolean fits(ByteReader event) {
    crc.reset();
    crc.update(event.array(), event.position(), event.remaining() - LENGTH);
    return crc.getValue() == written(event);
  }

  private static long written(ByteReader event) {
    return new ByteReader(event.array(), event.limit() - LENGTH, LENGTH).u32();
  }
}
