package io.binlogbroker.demo;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement of the load.
 *
 * @param rows the number of rows it changes
 * @param values of its parameters
 */
record ShopStatement(String sql, int rows, List<@Nullable Object> values) {
  static ShopStatement of(String sql, int rows, @Nullable Object... values) {
    return new ShopStatement(sql, rows, Collections.unmodifiableList(Arrays.asList(values)));
  }

  /** Placeholders for a list of values: {@code ?,?,?}. */
  static String placeholders(int count) {
    return String.join(",", Collections.nCopies(count, "?"));
  }

  /** Placeholders for a multi-row insert: {@code (?,?),(?,?)}. */
  static String rowPlaceholders(int rows, int columns) {
    return String.join(",", Collections.nCopies(rows, "(" + placeholders(columns) + ")"));
  }
}
