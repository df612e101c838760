package io.binlogbroker.binlog.event;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A set of MySQL GTIDs with its gaps, as {@code uuid:1-5:7,uuid2:1}. Mutable; one thread. Tagged
 * GTIDs (MySQL 8.3 and later) are refused.
 */
public final class MysqlGtidSet {
  private static final int UUID_LENGTH = 36;

  private final Map<UUID, Intervals> bySource = new TreeMap<>(MysqlGtidSet::compareAsText);
  private @Nullable UUID lastSource;
  private @Nullable Intervals lastIntervals;

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
    UUID source = parseSource(parts[0].strip(), entry);
    for (int i = 1; i < parts.length; i++) {
      parseInterval(source, parts[i].strip(), entry);
    }
  }

  private static UUID parseSource(String text, String entry) {
    try {
      if (text.length() == UUID_LENGTH) {
        return UUID.fromString(text);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Expected a UUID in a GTID set but got " + entry, e);
    }
    throw new IllegalArgumentException("Expected a UUID in a GTID set but got " + entry);
  }

  private void parseInterval(UUID source, String interval, String entry) {
    String[] ends = interval.split("-", 2);
    try {
      long first = Long.parseLong(ends[0].strip());
      long last = ends.length == 1 ? first : Long.parseLong(ends[1].strip());
      if (first < 1 || last < first || last == Long.MAX_VALUE) {
        throw new NumberFormatException(interval);
      }
      intervals(source).add(first, last);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Expected first-last in a GTID set but got \""
              + interval
              + "\" in "
              + entry
              + " (tagged GTIDs are not supported)",
          e);
    }
  }

  /** Called once per transaction: allocates nothing where the number joins the last interval. */
  public void add(UUID source, long number) {
    intervals(source).add(number, number);
  }

  public boolean contains(UUID source, long number) {
    Intervals intervals = bySource.get(source);
    return intervals != null && intervals.contains(number);
  }

  public boolean isEmpty() {
    return bySource.isEmpty();
  }

  /** Nearly all transactions in a row come from one source. */
  private Intervals intervals(UUID source) {
    if (lastIntervals != null && source.equals(lastSource)) {
      return lastIntervals;
    }
    Intervals intervals = bySource.computeIfAbsent(source, key -> new Intervals());
    lastSource = source;
    lastIntervals = intervals;
    return intervals;
  }

  /** In the order of their text, which is the server's; the UUIDs' own order is a signed one. */
  private static int compareAsText(UUID one, UUID other) {
    int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
  }

  /** As COM_BINLOG_DUMP_GTID wants it: counts and exclusive ends, little-endian. */
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(littleEndian(bySource.size()));
    bySource.forEach(
        (source, intervals) -> {
          bytes.writeBytes(
              ByteBuffer.allocate(16)
                  .putLong(source.getMostSignificantBits())
                  .putLong(source.getLeastSignificantBits())
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
