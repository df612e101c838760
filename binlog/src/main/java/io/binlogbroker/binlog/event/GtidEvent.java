package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * MySQL's GTID, ANONYMOUS_GTID and GTID_TAGGED events, which start a transaction.
 *
 * @param source null if anonymous
 * @param tag empty if there is none
 * @param number 0 if anonymous
 * @param committedMicros commit time on the sending server, in microseconds since the epoch; 0 if
 *     the server does not provide it (before 8.0.1)
 */
public record GtidEvent(@Nullable UUID source, String tag, long number, long committedMicros) {
  private static final int LOGICAL_CLOCK = 2;
  private static final long ORIGINAL_FOLLOWS = 1L << 55;

  /**
   * @param type one of the three
   */
  public static GtidEvent read(ByteReader body, EventType type) {
    return switch (type) {
      case GTID -> readPlain(body, false);
      case ANONYMOUS_GTID -> readPlain(body, true);
      case GTID_TAGGED -> TaggedGtidReader.read(body);
      default -> throw new IllegalArgumentException("Expected a GTID event but got " + type);
    };
  }

  private static GtidEvent readPlain(ByteReader body, boolean anonymous) {
    body.skip(1);
    long high = body.bigEndian(8);
    long low = body.bigEndian(8);
    long number = body.i64();
    long micros = committedMicros(body);
    return anonymous
        ? new GtidEvent(null, "", 0, micros)
        : new GtidEvent(new UUID(high, low), "", checked(number), micros);
  }

  static long checked(long number) {
    if (number < 1 || number == Long.MAX_VALUE) {
      throw new MalformedBytesException(
          "Expected a GTID event's number to be 1 to 2^63-2 but got " + number);
    }
    return number;
  }

  private static long committedMicros(ByteReader body) {
    if (body.remaining() < 1 + 16 + 7 || body.u8() != LOGICAL_CLOCK) {
      return 0;
    }
    body.skip(16);
    return body.u56() & ~ORIGINAL_FOLLOWS;
  }

  /** The GTID as MySQL writes it; null if anonymous. */
  public @Nullable String text() {
    if (source == null) {
      return null;
    }
    return tag.isEmpty() ? source + ":" + number : source + ":" + tag + ":" + number;
  }
}
