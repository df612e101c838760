package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;

/**
 * A ROTATE event: the stream continues in another file.
 *
 * @param offset 64 bits, at least 4
 */
record RotateEvent(String file, long offset) {
  static RotateEvent read(ByteReader body) {
    long offset = body.i64();
    String file = body.utf8ToEnd();
    if (offset < 4 || file.isEmpty()) {
      throw new MalformedBytesException(
          "Expected a ROTATE to a file at offset 4 or higher but got \""
              + file
              + "\" at "
              + offset);
    }
    return new RotateEvent(file, offset);
  }
}
