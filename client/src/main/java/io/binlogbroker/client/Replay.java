package io.binlogbroker.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.ChangeRecord.Half;
import io.binlogbroker.client.Violation.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds tables from their changes, and finds each change that is a duplicate, out of order or
 * inconsistent with the changes before it. One thread.
 *
 * <p>It knows changes alone: rows of a snapshot are refused.
 *
 * <p>A row whose partition key changes moves to another partition, and partitions have no order
 * among each other. On arrival, a change is therefore only checked for the order within its key,
 * and kept; {@link #finish} then applies all changes in the order of the source, in which every row
 * must match exactly. The two halves of a key change are applied as one update.
 */
public final class Replay {
  private static final Comparator<Arrival> SOURCE_ORDER =
      Comparator.comparing(Arrival::group)
          .thenComparing(Arrival::id)
          .thenComparing(Arrival::half, Comparator.nullsFirst(Comparator.naturalOrder()));

  private final Map<SourceTable, ReplayedTable> tables = new HashMap<>();
  private final Map<KeyOfGroup, ChangeId> newestByKey = new HashMap<>();
  private final List<Arrival> arrivals = new ArrayList<>();
  private final List<Violation> violations = new ArrayList<>();
  private boolean finished;

  /**
   * A replay without changes.
   *
   * @param primaryKeys column names of each table's primary key; changes of other tables are only
   *     checked for their order
   */
  public Replay(Map<SourceTable, List<String>> primaryKeys) {
    primaryKeys.forEach((name, key) -> tables.put(name, new ReplayedTable(name, key)));
  }

  /**
   * Accepts the next change, in the order of arrival.
   *
   * @throws IllegalArgumentException for a row of a snapshot, which has no place among the changes
   */
  public void accept(ChangeRecord record) {
    if (finished) {
      throw new IllegalStateException("Expected no change after finish() but got " + record);
    }
    if (record.change().operation() == RowChange.Operation.READ) {
      throw new IllegalArgumentException(
          "Expected a change but got a row of a snapshot: " + record);
    }
    Arrival arrival = Arrival.of(record);
    KeyOfGroup key = new KeyOfGroup(arrival.group, record.topic(), record.key());
    ChangeId newest = newestByKey.get(key);
    if (newest != null && newest.compareTo(arrival.id) > 0) {
      String detail = "arrived after " + newest + " of the same key " + record.key();
      report(Kind.OUT_OF_ORDER, arrival, detail);
    } else {
      newestByKey.put(key, arrival.id);
    }
    arrivals.add(arrival);
  }

  /**
   * Applies all changes.
   *
   * @return all violations; empty if each change was delivered once and in order
   */
  public List<Violation> finish() {
    if (!finished) {
      finished = true;
      arrivals.sort(SOURCE_ORDER);
      applyAll(withoutRepeats());
    }
    return List.copyOf(violations);
  }

  /** The rows of a table by the values of its primary key, as {@link #finish} left them. */
  public Map<List<JsonNode>, Map<String, JsonNode>> rows(SourceTable table) {
    ReplayedTable replayed = tables.get(table);
    if (replayed == null) {
      throw new IllegalArgumentException(
          "Expected one of the tables " + tables.keySet() + " but got " + table);
    }
    return replayed.rows();
  }

  /** The number of changes that arrived; a key change counts as one. */
  public long changes() {
    return arrivals.stream().filter(arrival -> arrival.half != Half.ARRIVES).count();
  }

  private List<Arrival> withoutRepeats() {
    List<Arrival> once = new ArrayList<>();
    Arrival last = null;
    for (Arrival arrival : arrivals) {
      if (last != null && SOURCE_ORDER.compare(last, arrival) == 0) {
        report(Kind.REPEATED, arrival, "arrived before at " + last.place);
      } else {
        once.add(arrival);
        last = arrival;
      }
    }
    return once;
  }

  private void applyAll(List<Arrival> once) {
    for (int i = 0; i < once.size(); i++) {
      Arrival arrival = once.get(i);
      if (i + 1 < once.size() && arrival.isCompletedBy(once.get(i + 1))) {
        i++;
        apply(arrival, arrival.parse().before(), once.get(i).parse().after());
        continue;
      }
      if (arrival.half != null) {
        report(
            Kind.LONE_HALF,
            arrival,
            "its other half, with key " + arrival.otherKey + ", is missing");
      }
      RowChange change = arrival.parse();
      apply(arrival, change.before(), change.after());
    }
  }

  private void apply(
      Arrival arrival,
      @Nullable Map<String, JsonNode> before,
      @Nullable Map<String, JsonNode> after) {
    ReplayedTable table = tables.get(arrival.table);
    if (table != null) {
      table.apply(before, after, (kind, detail) -> report(kind, arrival, detail));
    }
  }

  private void report(Kind kind, Arrival arrival, String detail) {
    violations.add(
        new Violation(kind, arrival.table, arrival.id, detail + ", at " + arrival.place));
  }

  private record KeyOfGroup(String group, String topic, String key) {}

  /** An accepted change, with its message as bytes: parsed, it takes several times the memory. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
  private record Arrival(
      String group,
      SourceTable table,
      ChangeId id,
      @Nullable Half half,
      String key,
      @Nullable String otherKey,
      String place,
      byte[] value) {

    static Arrival of(ChangeRecord record) {
      RowChange.Source source = record.change().source();
      ChangeId id = source.id();
      if (id == null) {
        throw new IllegalArgumentException(
            "Expected a format whose messages contain file, pos and row, but got " + record);
      }
      return new Arrival(
          Objects.requireNonNullElse(source.group(), ""),
          source.table(),
          id,
          record.half(),
          record.key(),
          record.otherKey(),
          record.topic() + "-" + record.partition() + " offset " + record.offset(),
          record.value());
    }

    boolean isCompletedBy(Arrival next) {
      return half == Half.LEAVES
          && next.half == Half.ARRIVES
          && group.equals(next.group)
          && id.equals(next.id)
          && key.equals(next.otherKey)
          && Objects.equals(otherKey, next.key);
    }

    RowChange parse() {
      return RowChange.parse(value);
    }
  }
}
