package io.binlogbroker.demo;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement of the load.
 *
 * @param rows how many rows it changes
 */
record ShopStatement(String sql, int rows, List<@Nullable Object> values) {
  static ShopStatement of(String sql, int rows, @Nullable Object... values) {
    return new ShopStatement(sql, rows, Collections.unmodifiableList(Arrays.asList(values)));
  }

  /** Text for as many values as are listed: {@code ?,?,?}. */
  static String marks(int count) {
    return String.join(",", Collections.nCopies(count, "?"));
  }

  /** Text for a multi-row insert: {@code (?,?),(?,?)}. */
  static String rowsOfMarks(int rows, int columns) {
    return String.join(",", Collections.nCopies(rows, "(" + marks(columns) + ")"));
  }
}
