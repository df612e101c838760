package io.binlogbroker.engine.source.mysql.transaction;

import io.binlogbroker.engine.model.BinlogPosition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a later event of their group undoes, remembered from one reading of the group to the
 * next, which leaves them out. Lives as long as a term; relay thread.
 */
public final class UndoneRows {
  /** The group is read again at once, so only the newest ones are ever asked for. */
  private static final int MOST = 1_000;

  private final Map<Group, List<Span>> spans = new LinkedHashMap<>();

  void add(Group group, Span span) {
    List<Span> all = Stream.concat(of(group).stream(), Stream.of(span)).toList();
    if (spans.size() >= MOST) {
      spans.remove(spans.keySet().iterator().next());
    }
    spans.put(group, all);
  }

  /** Another log gives the same places and numbers again. */
  public void clear() {
    spans.clear();
  }

  List<Span> of(Group group) {
    return spans.getOrDefault(group, List.of());
  }

  /** What tells a group from every other, those of another server too. */
  record Group(@Nullable String serverUuid, @Nullable String gtid, BinlogPosition place) {}

  /**
   * Rows events of a group, counted from 0.
   *
   * @param end behind the last of them
   */
  public record Span(long start, long end) {
    static final Span ALL = new Span(0, Long.MAX_VALUE);

    boolean holds(long rowsEvent) {
      return rowsEvent >= start && rowsEvent < end;
    }
  }
}
