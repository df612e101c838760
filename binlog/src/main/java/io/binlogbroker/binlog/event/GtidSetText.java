package io.binlogbroker.binlog.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The text form of MySQL's GTID sets: {@code uuid:1-5:7:tag:1-3,uuid2:1}. A tag applies to the
 * intervals after it. Stateless.
 */
final class GtidSetText {
  private static final int UUID_LENGTH = 36;

  private GtidSetText() {}

  static MysqlGtidSet parse(String text) {
    Map<GtidSource, List<long[]>> found = new TreeMap<>();
    for (String entry : text.split(",", -1)) {
      String trimmed = entry.strip();
      if (!trimmed.isEmpty()) {
        parseEntry(found, trimmed);
      }
    }
    MysqlGtidSet set = new MysqlGtidSet();
    found.forEach((source, intervals) -> set.intervals(source).addAll(intervals));
    return set;
  }

  private static void parseEntry(Map<GtidSource, List<long[]>> found, String entry) {
    String[] parts = entry.split(":", -1);
    GtidSource source = new GtidSource(parseServer(parts[0].strip(), entry), "");
    boolean numbered = false;
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (GtidSource.isTag(part)) {
        source = new GtidSource(source.server(), part.toLowerCase(Locale.ROOT));
        numbered = false;
        continue;
      }
      found.computeIfAbsent(source, key -> new ArrayList<>()).add(interval(part, entry));
      numbered = true;
    }
    if (!numbered) {
      throw new IllegalArgumentException("Expected uuid:first-last in a GTID set but got " + entry);
    }
  }

  private static UUID parseServer(String text, String entry) {
    try {
      if (text.length() == UUID_LENGTH) {
        return UUID.fromString(text);
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Expected a UUID in a GTID set but got " + entry, e);
    }
    throw new IllegalArgumentException("Expected a UUID in a GTID set but got " + entry);
  }

  private static long[] interval(String interval, String entry) {
    String[] ends = interval.split("-", 2);
    try {
      long first = Long.parseLong(ends[0].strip());
      long last = ends.length == 1 ? first : Long.parseLong(ends[1].strip());
      if (first < 1 || last < first || last == Long.MAX_VALUE) {
        throw new NumberFormatException(interval);
      }
      return new long[] {first, last};
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Expected first-last or a tag in a GTID set but got \"" + interval + "\" in " + entry, e);
    }
  }

  static String write(SortedMap<GtidSource, Intervals> bySource) {
    StringBuilder text = new StringBuilder();
    UUID server = null;
    for (var entry : bySource.entrySet()) {
      GtidSource source = entry.getKey();
      if (!source.server().equals(server)) {
        server = source.server();
        text.append(text.isEmpty() ? "" : ",").append(server);
      }
      text.append(source.tag().isEmpty() ? "" : ":" + source.tag());
      append(text, entry.getValue());
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Intervals intervals) {
    for (int i = 0; i < intervals.count(); i++) {
      text.append(':').append(intervals.first(i));
      if (intervals.last(i) > intervals.first(i)) {
        text.append('-').append(intervals.last(i));
      }
    }
  }
}
