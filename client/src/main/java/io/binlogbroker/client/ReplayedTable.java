package io.binlogbroker.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.Violation.Kind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of one table by primary key, after the changes applied so far. One thread. */
final class ReplayedTable {
  private final SourceTable name;
  private final List<String> primaryKey;
  private final Map<List<JsonNode>, Map<String, JsonNode>> rows = new LinkedHashMap<>();

  ReplayedTable(SourceTable name, List<String> primaryKey) {
    this.name = name;
    this.primaryKey = List.copyOf(primaryKey);
  }

  Map<List<JsonNode>, Map<String, JsonNode>> rows() {
    return Collections.unmodifiableMap(rows);
  }

  /**
   * Applies a change even if it is inconsistent with the rows.
   *
   * @param before null for an insert
   * @param after null for a delete
   * @param report receives each inconsistency
   */
  void apply(
      @Nullable Map<String, JsonNode> before,
      @Nullable Map<String, JsonNode> after,
      BiConsumer<Kind, String> report) {
    Map<String, JsonNode> row = new LinkedHashMap<>();
    if (before != null) {
      row.putAll(take(before, report));
    }
    if (after != null) {
      // Columns missing from the after image are unchanged.
      row.putAll(after);
      put(row, report);
    }
  }

  private Map<String, JsonNode> take(
      Map<String, JsonNode> before, BiConsumer<Kind, String> report) {
    List<JsonNode> key = keyOf(before);
    Map<String, JsonNode> current = rows.remove(key);
    if (current == null) {
      report.accept(Kind.ROW_MISSING, "no row " + key + " to update or delete");
      return before;
    }
    List<String> different = differences(before, current);
    if (!different.isEmpty()) {
      report.accept(
          Kind.ROW_DIFFERS, "row " + key + " had different values before in columns " + different);
    }
    return current;
  }

  /**
   * Ignores columns that only one of the rows has: they were not logged, or DDL added or dropped
   * them.
   */
  private static List<String> differences(
      Map<String, JsonNode> before, Map<String, JsonNode> current) {
    return before.entrySet().stream()
        .filter(cell -> current.containsKey(cell.getKey()))
        .filter(cell -> !cell.getValue().equals(current.get(cell.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void put(Map<String, JsonNode> row, BiConsumer<Kind, String> report) {
    List<JsonNode> key = keyOf(row);
    if (rows.put(key, Collections.unmodifiableMap(row)) != null) {
      report.accept(Kind.ROW_EXISTS, "row " + key + " already exists");
    }
  }

  private List<JsonNode> keyOf(Map<String, JsonNode> row) {
    return primaryKey.stream().map(column -> cell(row, column)).collect(Collectors.toList());
  }

  private JsonNode cell(Map<String, JsonNode> row, String column) {
    JsonNode cell = row.get(column);
    if (cell == null) {
      throw new IllegalArgumentException(
          "Expected the primary key column "
              + column
              + " in a row of "
              + name
              + ", which has "
              + row.keySet());
    }
    return cell;
  }
}
