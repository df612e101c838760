package io.binlogbroker.binlog.event;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A set of MySQL GTIDs with its gaps, as {@code uuid:1-5:7,uuid2:1}. Mutable; one thread. Tagged
 * GTIDs (MySQL 8.3 and later) are refused.
 */
public final class MysqlGtidSet {
  private final Map<String, Intervals> bySource = new TreeMap<>();

  /**
   * Reads the text form; blanks and newlines between entries are allowed, as the server puts them.
   */
  public static MysqlGtidSet parse(String text) {
    MysqlGtidSet set = new MysqlGtidSet();
    for (String entry : text.split(",", -1)) {
      String trimmed = entry.strip();
      if (!trimmed.isEmpty()) {
        set.parseEntry(trimmed);
      }
    }
    return set;
  }

  private void parseEntry(String entry) {
    String[] parts = entry.split(":", -1);
    if (parts.length < 2) {
      throw new IllegalArgumentException("Expected uuid:first-last in a GTID set but got " + entry);
    }
    UUID source;
    try {
      source = UUID.fromString(parts[0].strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Expected a UUID in a GTID set but got " + entry, e);
    }
    for (int i = 1; i < parts.length; i++) {
      parseInterval(source, parts[i].strip(), entry);
    }
  }

  private void parseInterval(UUID source, String interval, String entry) {
    String[] ends = interval.split("-", 2);
    try {
      long first = Long.parseLong(ends[0]);
      long last = ends.length == 1 ? first : Long.parseLong(ends[1]);
      if (first < 1 || last < first) {
        throw new NumberFormatException(interval);
      }
      intervals(source).add(first, last);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Expected first-last in a GTID set but got \"" + interval + "\" in " + entry, e);
    }
  }

  public void add(UUID source, long number) {
    intervals(source).add(number, number);
  }

  public boolean contains(UUID source, long number) {
    Intervals intervals = bySource.get(source.toString());
    return intervals != null && intervals.contains(number);
  }

  public boolean isEmpty() {
    return bySource.isEmpty();
  }

  private Intervals intervals(UUID source) {
    return bySource.computeIfAbsent(source.toString(), key -> new Intervals());
  }

  /** As COM_BINLOG_DUMP_GTID wants it: counts and exclusive ends, little-endian. */
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(littleEndian(bySource.size()));
    bySource.forEach(
        (source, intervals) -> {
          UUID uuid = UUID.fromString(source);
          bytes.writeBytes(
              ByteBuffer.allocate(16)
                  .putLong(uuid.getMostSignificantBits())
                  .putLong(uuid.getLeastSignificantBits())
                  .array());
          bytes.writeBytes(littleEndian(intervals.count()));
          for (int i = 0; i < intervals.count(); i++) {
            bytes.writeBytes(littleEndian(intervals.first(i)));
            bytes.writeBytes(littleEndian(intervals.last(i) + 1));
          }
        });
    return bytes.toByteArray();
  }

  private static byte[] littleEndian(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MysqlGtidSet that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    bySource.forEach(
        (source, intervals) -> {
          text.append(text.isEmpty() ? "" : ",").append(source);
          for (int i = 0; i < intervals.count(); i++) {
            text.append(':').append(intervals.first(i));
            if (intervals.last(i) > intervals.first(i)) {
              text.append('-').append(intervals.last(i));
            }
          }
        });
    return text.toString();
  }
}
