package io.binlogbroker.broker;

import java.util.List;

/**
 * A column of a table that is tried with all its values.
 *
 * @param type as in CREATE TABLE
 * @param values as SQL literals; NULL is tried with every column and not among them
 * @param change an expression of the value before, where an update is to change a value in part;
 *     empty where it puts another
 */
public record TypedColumn(String type, SelectedAs as, List<String> values, String change) {
  static TypedColumn of(String type, SelectedAs as, String... values) {
    return new TypedColumn(type, as, List.of(values), "");
  }

  /** A column whose values the server makes. */
  static TypedColumn generated(String type, SelectedAs as) {
    return new TypedColumn(type, as, List.of(), "");
  }

  TypedColumn changedBy(String expression) {
    return new TypedColumn(type, as, values, expression);
  }

  /** What an update gives a row. */
  String update(String name, int next) {
    return change.isEmpty() ? value(next) : change.formatted(name);
  }

  /** The literal for a row; the row behind the last value holds NULL, then they come again. */
  String value(int row) {
    if (values.isEmpty()) {
      return "DEFAULT";
    }
    int index = row % (values.size() + 1);
    return index == values.size() ? "NULL" : values.get(index);
  }
}
