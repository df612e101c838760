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

/** The rows of one table, by primary key, as the changes so far leave them. One thread. */
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
   * Applies a change, whatever is wrong with it.
   *
   * @param before null for an insert
   * @param after null for a delete
   * @param report gets what is wrong
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
      // What the after image lacks is unchanged.
      row.putAll(after);
      put(row, report);
    }
  }

  private Map<String, JsonNode> take(
      Map<String, JsonNode> before, BiConsumer<Kind, String> report) {
    List<JsonNode> key = keyOf(before);
    Map<String, JsonNode> held = rows.remove(key);
    if (held == null) {
      report.accept(Kind.ROW_MISSING, "no row " + key + " to update or delete");
      return before;
    }
    List<String> different = differences(before, held);
    if (!different.isEmpty()) {
      report.accept(
          Kind.ROW_DIFFERS, "row " + key + " held other values before in columns " + different);
    }
    return held;
  }

  /** A column that only one of them has was not logged, or came or went with a DDL. */
  private static List<String> differences(
      Map<String, JsonNode> before, Map<String, JsonNode> held) {
    return before.entrySet().stream()
        .filter(cell -> held.containsKey(cell.getKey()))
        .filter(cell -> !cell.getValue().equals(held.get(cell.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void put(Map<String, JsonNode> row, BiConsumer<Kind, String> report) {
    List<JsonNode> key = keyOf(row);
    if (rows.put(key, Collections.unmodifiableMap(row)) != null) {
      report.accept(Kind.ROW_EXISTS, "row " + key + " is there already");
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
