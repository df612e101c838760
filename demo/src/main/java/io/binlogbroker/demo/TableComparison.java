package io.binlogbroker.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.client.SourceTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares a table's rows in the database with those rebuilt from messages. Immutable. */
final class TableComparison {
  private final SourceTable table;
  private final List<ComparedColumn> columns;

  TableComparison(SourceTable table, List<ComparedColumn> columns) {
    this.table = table;
    this.columns = List.copyOf(columns);
  }

  /** The query for the rows that {@link #differences} compares. */
  String query() {
    return columns.stream()
        .map(column -> column.expression() + " AS `" + column.name() + "`")
        .collect(
            Collectors.joining(
                ", ", "SELECT ", " FROM `" + table.db() + "`.`" + table.table() + "`"));
  }

  /** One line for each row or cell that differs; empty if the tables are equal. */
  List<String> differences(
      List<Map<String, @Nullable String>> inDatabase, Collection<Map<String, JsonNode>> rebuilt) {
    Map<List<String>, Map<String, JsonNode>> left = new HashMap<>();
    List<String> differences = new ArrayList<>();
    for (Map<String, JsonNode> row : rebuilt) {
      if (left.put(keyOfRebuilt(row), row) != null) {
        differences.add(table + " " + keyOfRebuilt(row) + ": rebuilt as several rows");
      }
    }
    for (Map<String, @Nullable String> expected : inDatabase) {
      List<String> key = keyInDatabase(expected);
      Map<String, JsonNode> actual = left.remove(key);
      if (actual == null) {
        differences.add(table + " " + key + ": in the database, but not rebuilt");
        continue;
      }
      compare(key, expected, actual, differences);
    }
    left.keySet().forEach(key -> differences.add(table + " " + key + ": not in the database"));
    return differences;
  }

  private void compare(
      List<String> key,
      Map<String, @Nullable String> expected,
      Map<String, JsonNode> actual,
      List<String> differences) {
    for (ComparedColumn column : columns) {
      String name = column.name();
      if (!column.isEqual(expected.get(name), actual.get(name))) {
        differences.add(
            "%s %s %s: database %s, rebuilt %s"
                .formatted(table, key, name, expected.get(name), actual.get(name)));
      }
    }
    for (String name : actual.keySet()) {
      if (!expected.containsKey(name)) {
        differences.add(table + " " + key + " " + name + ": no such column in the database");
      }
    }
  }

  private List<String> keyInDatabase(Map<String, @Nullable String> row) {
    return keyColumns().map(column -> String.valueOf(row.get(column.name()))).toList();
  }

  private List<String> keyOfRebuilt(Map<String, JsonNode> row) {
    return keyColumns().map(column -> text(row.get(column.name()))).toList();
  }

  private Stream<ComparedColumn> keyColumns() {
    return columns.stream().filter(ComparedColumn::isKey);
  }

  private static String text(@Nullable JsonNode cell) {
    return cell == null ? "absent" : cell.asText();
  }
}
