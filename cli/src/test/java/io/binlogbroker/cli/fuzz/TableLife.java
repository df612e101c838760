package io.binlogbroker.cli.fuzz;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.ChangeId;
import io.binlogbroker.client.ChangeRecord.Half;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table between two statements that changed it other than by row changes: its selected rows at
 * both ends, and their log positions. One thread.
 */
final class TableLife {
  private final RandomTable table;
  private final String origin;
  private final ChangeId begin;
  private final List<Map<String, @Nullable String>> beginRows;
  private boolean whole = true;
  private boolean logsVirtual = true;
  private List<String> primaryKey = List.of();
  private @Nullable ChangeId end;
  private List<Map<String, @Nullable String>> endRows = List.of();

  /**
   * @param origin the statement that starts it
   * @param begin the log position then, as a change's id
   */
  TableLife(
      RandomTable table,
      String origin,
      ChangeId begin,
      List<Map<String, @Nullable String>> beginRows) {
    this.table = table;
    this.origin = origin;
    this.begin = begin;
    this.beginRows = beginRows;
  }

  RandomTable table() {
    return table;
  }

  void keyedBy(List<String> columns) {
    primaryKey = columns;
  }

  /** In key order; empty if there is none. */
  List<String> primaryKey() {
    return primaryKey;
  }

  /** From now on its changes may lack columns. */
  void lackCells() {
    whole = false;
  }

  /** From now on its changes may lack VIRTUAL columns. */
  void lackVirtual() {
    logsVirtual = false;
  }

  void end(ChangeId end, List<Map<String, @Nullable String>> endRows) {
    this.end = end;
    this.endRows = endRows;
  }

  /** Whether a change of a table of this name belongs to it. */
  boolean covers(ChangeId change) {
    return begin.compareTo(change) < 0 && change.compareTo(Objects.requireNonNull(end)) < 0;
  }

  /** The faults of its changes. */
  List<String> differences(List<Change> changes) {
    List<String> differences = new ArrayList<>();
    RowBag rows = new RowBag(beginRows);
    for (Change change : changes) {
      apply(change, rows, differences);
    }
    if (differences.isEmpty()) {
      differences.addAll(rows.differences(endRows));
    }
    return differences.stream()
        .limit(5)
        .map(text -> "%s from %s to %s: %s".formatted(table.path(), begin, end, text))
        .map(text -> text + "\n  since " + origin + "\n  which made " + definitions())
        .toList();
  }

  private String definitions() {
    return table.columns().stream().map(RandomColumn::definition).collect(joining(", "));
  }

  private void apply(Change change, RowBag rows, List<String> differences) {
    Map<String, @Nullable String> row = new LinkedHashMap<>();
    if (change.before() != null) {
      Map<String, @Nullable String> before = cells(change.before(), change, differences);
      Map<String, @Nullable String> taken = rows.take(before);
      if (taken == null) {
        String nearest = rows.nearest(before);
        differences.add("no row to change, " + change.id() + ": " + before + nearest);
        return;
      }
      row = change.after() == null ? row : known(taken, change.after());
    }
    if (change.after() != null) {
      rows.add(RowBag.over(row, cells(change.after(), change, differences)));
    }
  }

  private Map<String, @Nullable String> cells(
      Map<String, JsonNode> image, Change change, List<String> differences) {
    Map<String, @Nullable String> cells = new LinkedHashMap<>();
    List<String> expected = table.columns().stream().map(RandomColumn::name).toList();
    List<String> found = List.copyOf(image.keySet());
    if (!fits(expected, found)) {
      differences.add(change.id() + " expected the columns " + expected + " but found " + found);
      return cells;
    }
    for (RandomColumn column : table.columns()) {
      JsonNode cell = image.get(column.name());
      if (cell != null) {
        cells.put(column.name(), ComparableText.ofMessage(column.type().as(), cell));
      }
    }
    return cells;
  }

  private boolean fits(List<String> expected, List<String> found) {
    return expected.stream().filter(found::contains).toList().equals(found)
        && table.columns().stream()
            .filter(column -> !found.contains(column.name()))
            .allMatch(column -> !whole || !logsVirtual && column.virtual());
  }

  /** After images may lack changed generated columns. */
  private Map<String, @Nullable String> known(
      Map<String, @Nullable String> row, Map<String, JsonNode> after) {
    Map<String, @Nullable String> known = new LinkedHashMap<>(row);
    table.columns().stream()
        .filter(column -> column.generated() && !after.containsKey(column.name()))
        .forEach(column -> known.remove(column.name()));
    return known;
  }

  /** A row change, with the two messages of a key change merged. */
  record Change(
      ChangeId id,
      @Nullable Half half,
      @Nullable Map<String, JsonNode> before,
      @Nullable Map<String, JsonNode> after) {}
}
