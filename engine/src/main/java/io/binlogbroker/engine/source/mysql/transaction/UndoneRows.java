package io.binlogbroker.engine.source.mysql.transaction;

import io.binlogbroker.engine.model.BinlogPosition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a later event of their group rolls back, remembered so that the next read of the group
 * skips them. Lives as long as a term; relay thread.
 */
public final class UndoneRows {
  /** The group is read again immediately, so only the latest entries are ever used. */
  private static final int MOST = 1_000;

  private final Map<Group, List<Span>> spans = new LinkedHashMap<>();

  void add(Group group, Span span) {
    List<Span> all = Stream.concat(of(group).stream(), Stream.of(span)).toList();
    if (spans.size() >= MOST) {
      spans.remove(spans.keySet().iterator().next());
    }
    spans.put(group, all);
  }

  /** Forgets everything: another log may reuse the same positions and GTIDs. */
  public void clear() {
    spans.clear();
  }

  List<Span> of(Group group) {
    return spans.getOrDefault(group, List.of());
  }

  /** Identifies a group uniquely, also among those of other servers. */
  record Group(@Nullable String serverUuid, @Nullable String gtid, BinlogPosition place) {}

  /**
   * Rows events of a group, counted from 0.
   *
   * @param end index after the last of them
   */
  public record Span(long start, long end) {
    static final Span ALL = new Span(0, Long.MAX_VALUE);

    boolean contains(long rowsEvent) {
      return rowsEvent >= start && rowsEvent < end;
    }
  }
}
