package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;

/**
 * Reads the integers of MySQL's {@code mysql::serialization}: the number of trailing 1 bits in the
 * first byte is the number of bytes that follow it. Stateless.
 */
final class Serialized {
  private Serialized() {}

  /** An unsigned number of up to 64 bits. */
  static long unsigned(ByteReader bytes) {
    int first = bytes.u8();
    int extra = Integer.numberOfTrailingZeros(~first);
    long low = first >>> (extra + 1);
    return switch (extra) {
      case 8 -> bytes.i64();
      case 7 -> bytes.littleEndian(7);
      default -> low | bytes.littleEndian(extra) << (7 - extra);
    };
  }

  /** A signed number of up to 64 bits, with the sign in the lowest bit. */
  static long signed(ByteReader bytes) {
    long value = unsigned(bytes);
    return value >>> 1 ^ -(value & 1);
  }

  /** The length of what follows. */
  static int length(ByteReader bytes, int atMost) {
    long length = unsigned(bytes);
    if (length < 0 || length > atMost) {
      throw new MalformedBytesException(
          "Expected a length of at most " + atMost + " but got " + Long.toUnsignedString(length));
    }
    return (int) length;
  }
}
