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
   * Reads the text form; blanks and newlines between entries are allowed, as the server puts them.
   *
   * @throws IllegalArgumentException naming the entry that is none
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
   * Called once per transaction: allocates nothing where the number joins the last interval.
   *
   * @param tag empty for none
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

  /** Whether a GTID of it was numbered by a server. */
  public boolean names(UUID source) {
    return bySource.keySet().stream().anyMatch(key -> key.server().equals(source));
  }

  /** Makes this the union of both. */
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

  /** A new set of what is here and not there. */
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

  /** As COM_BINLOG_DUMP_GTID wants it; with tags only a server from 8.3 on understands it. */
  public byte[] encode() {
    return GtidSetBytes.encode(bySource);
  }

  /** Nearly all transactions in a row come from one source. */
  private Intervals intervals(UUID server, String tag) {
    Intervals last = lastIntervals;
    return last != null && lastSource != null && lastSource.is(server, tag)
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

  /** As the server prints it, but without its newlines. */
  @Override
  public String toString() {
    return GtidSetText.write(bySource);
  }
}
