package io.binlogbroker.broker;

import java.util.List;

/**
 * A column of a table that is tried with all its values.
 *
 * @param type as in CREATE TABLE
 * @param values as SQL literals; NULL is tried with every column and not among them
 */
public record TypedColumn(String type, SelectedAs as, List<String> values) {
  static TypedColumn of(String type, SelectedAs as, String... values) {
    return new TypedColumn(type, as, List.of(values));
  }

  /** A column whose values the server makes. */
  static TypedColumn generated(String type, SelectedAs as) {
    return new TypedColumn(type, as, List.of());
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
