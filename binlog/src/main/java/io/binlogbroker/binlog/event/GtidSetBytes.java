package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.UUID;

/**
 * The binary form of MySQL's GTID sets: counts, sources, intervals with exclusive ends. Sets with a
 * tag use the newer form, whose first eight bytes have the number 1 in the lowest and the highest
 * byte and the count of sources between them. Stateless.
 */
final class GtidSetBytes {
  private static final long TAGGED = 1L << 56 | 1;
  private static final long TAGGED_MASK = 0xFFL << 56 | 0xFF;

  private GtidSetBytes() {}

  static byte[] encode(SortedMap<GtidSource, Intervals> bySource) {
    boolean tagged = bySource.keySet().stream().anyMatch(source -> !source.tag().isEmpty());
    long count = bySource.size();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(littleEndian(tagged ? TAGGED | count << 8 : count));
    bySource.forEach(
        (source, intervals) -> {
          bytes.writeBytes(uuid(source.server()));
          if (tagged) {
            byte[] tag = source.tag().getBytes(StandardCharsets.US_ASCII);
            bytes.write(tag.length << 1); // a number below 128 of mysql::serialization
            bytes.writeBytes(tag);
          }
          write(bytes, intervals);
        });
    return bytes.toByteArray();
  }

  private static void write(ByteArrayOutputStream bytes, Intervals intervals) {
    bytes.writeBytes(littleEndian(intervals.count()));
    for (int i = 0; i < intervals.count(); i++) {
      bytes.writeBytes(littleEndian(intervals.first(i)));
      bytes.writeBytes(littleEndian(intervals.last(i) + 1));
    }
  }

  private static byte[] uuid(UUID server) {
    return ByteBuffer.allocate(16)
        .putLong(server.getMostSignificantBits())
        .putLong(server.getLeastSignificantBits())
        .array();
  }

  private static byte[] littleEndian(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  /** Reads either form; it must extend to the end of the bytes. */
  static MysqlGtidSet read(ByteReader bytes) {
    long head = bytes.i64();
    boolean tagged = (head & TAGGED_MASK) == TAGGED;
    long sources = tagged ? head << 8 >>> 16 : head;
    MysqlGtidSet set = new MysqlGtidSet();
    for (long i = 0; i != sources; i++) {
      UUID server = new UUID(bytes.bigEndian(8), bytes.bigEndian(8));
      GtidSource source = new GtidSource(server, tagged ? GtidSource.readTag(bytes) : "");
      Intervals intervals = set.intervals(source);
      if (intervals.count() > 0) {
        throw new MalformedBytesException("Expected " + source + " once in a GTID set");
      }
      readIntervals(bytes, intervals);
    }
    if (bytes.remaining() > 0) {
      throw new MalformedBytesException(
          "Expected the end of a GTID set but " + bytes.remaining() + " bytes are left");
    }
    return set;
  }

  /** Requires ascending order, as the server does. */
  private static void readIntervals(ByteReader bytes, Intervals intervals) {
    long count = bytes.i64();
    long minimum = 1;
    for (long i = 0; i != count; i++) {
      long first = bytes.i64();
      long end = bytes.i64();
      if (first < minimum || end <= first) {
        throw new MalformedBytesException(
            "Expected an interval of GTIDs that starts at "
                + minimum
                + " or later but got "
                + first
                + " to "
                + end
                + " (exclusive)");
      }
      intervals.add(first, end - 1);
      minimum = end;
    }
    if (count == 0) {
      throw new MalformedBytesException("Expected at least one interval of a source's GTIDs");
    }
  }
}
