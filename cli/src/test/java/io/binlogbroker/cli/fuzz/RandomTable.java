package io.binlogbroker.cli.fuzz;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/**
 * A table after a statement. Immutable.
 *
 * @param transactional whether its engine can roll back
 */
record RandomTable(String schema, String name, List<RandomColumn> columns, boolean transactional) {
  RandomTable {
    columns = List.copyOf(columns);
  }

  RandomTable named(String other) {
    return new RandomTable(schema, other, columns, transactional);
  }

  RandomTable with(List<RandomColumn> others) {
    return new RandomTable(schema, name, others, transactional);
  }

  /** With the columns in this order, which must be all of them. */
  RandomTable ordered(List<String> names) {
    List<RandomColumn> ordered = new ArrayList<>();
    names.forEach(
        wanted ->
            columns.stream().filter(column -> column.name().equals(wanted)).forEach(ordered::add));
    if (ordered.size() != columns.size() || names.size() != columns.size()) {
      throw new AssertionError("Expected columns " + columns + " of " + path() + " but " + names);
    }
    return with(ordered);
  }

  /** Quoted, with its schema. */
  String path() {
    return schema + "." + RandomColumn.quoted(name);
  }

  /** The columns that accept values. */
  List<RandomColumn> writable() {
    return columns.stream().filter(column -> !column.generated()).toList();
  }

  /** Whether a log with full metadata does not describe it completely. */
  boolean needsSchema() {
    return columns.stream().anyMatch(column -> column.type().fromSchema());
  }

  /** Selects all values in canonical form. */
  String select() {
    return "SELECT "
        + columns.stream()
            .map(column -> column.type().as().expression(column.quoted()))
            .collect(joining(", "))
        + " FROM "
        + path();
  }
}
