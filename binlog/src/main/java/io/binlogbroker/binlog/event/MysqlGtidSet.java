package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A set of MySQL GTIDs with its gaps, as {@code uuid:1-5:7,uuid2:1}, with tags (MySQL 8.3 and
 * later) as {@code uuid:1-5:tag:1-3}. Mutable; one thread.
 */
public final class MysqlGtidSet {
  private final TreeMap<GtidSource, Intervals> bySource = new TreeMap<>();
  private @Nullable GtidSource lastSource;
  private @Nullable Intervals lastIntervals;

  /**
   * Reads the text form; blanks and newlines between entries are allowed, as the server writes
   * them.
   *
   * @throws IllegalArgumentException naming the invalid entry
   */
  public static MysqlGtidSet parse(String text) {
    return GtidSetText.parse(text);
  }

  /** Reads the binary form of PREVIOUS_GTIDS, with or without tags. */
  public static MysqlGtidSet read(ByteReader bytes) {
    return GtidSetBytes.read(bytes);
  }

  /** Adds a GTID without a tag. */
  public void add(UUID source, long number) {
    add(source, "", number);
  }

  /**
   * Called once per transaction: allocates nothing if the number extends the last interval.
   *
   * @param tag empty if there is none
   */
  public void add(UUID source, String tag, long number) {
    intervals(source, tag).add(number, number);
  }

  public boolean contains(UUID source, long number) {
    return contains(source, "", number);
  }

  public boolean contains(UUID source, String tag, long number) {
    Intervals intervals = bySource.get(new GtidSource(source, tag));
    return intervals != null && intervals.contains(number);
  }

  public boolean isEmpty() {
    return bySource.isEmpty();
  }

  /** Whether the set has a GTID of a server. */
  public boolean names(UUID source) {
    return bySource.keySet().stream().anyMatch(key -> key.server().equals(source));
  }

  /** Adds all GTIDs of another set. */
  public void addAll(MysqlGtidSet others) {
    others.bySource.forEach((source, intervals) -> intervals(source).addAll(intervals));
  }

  public boolean containsAll(MysqlGtidSet others) {
    return others.bySource.entrySet().stream().allMatch(this::containsAll);
  }

  private boolean containsAll(Map.Entry<GtidSource, Intervals> entry) {
    Intervals ours = bySource.get(entry.getKey());
    return ours != null && ours.containsAll(entry.getValue());
  }

  /** Returns a new set with the GTIDs of this set that are not in the other. */
  public MysqlGtidSet without(MysqlGtidSet others) {
    MysqlGtidSet rest = new MysqlGtidSet();
    bySource.forEach(
        (source, ours) -> {
          Intervals theirs = others.bySource.get(source);
          Intervals left = theirs == null ? ours : ours.without(theirs);
          if (left.count() > 0) {
            rest.intervals(source).addAll(left);
          }
        });
    return rest;
  }

  /** The binary form for COM_BINLOG_DUMP_GTID; with tags it requires MySQL 8.3 or later. */
  public byte[] encode() {
    return GtidSetBytes.encode(bySource);
  }

  /** Consecutive transactions nearly always have the same source. */
  private Intervals intervals(UUID server, String tag) {
    Intervals last = lastIntervals;
    return last != null && lastSource != null && lastSource.matches(server, tag)
        ? last
        : intervals(new GtidSource(server, tag));
  }

  Intervals intervals(GtidSource source) {
    Intervals intervals = bySource.computeIfAbsent(source, key -> new Intervals());
    lastSource = source;
    lastIntervals = intervals;
    return intervals;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MysqlGtidSet that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** As the server prints it, without newlines. */
  @Override
  public String toString() {
    return GtidSetText.write(bySource);
  }
}
