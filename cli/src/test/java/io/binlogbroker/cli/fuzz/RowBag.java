package io.binlogbroker.cli.fuzz;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table, possibly with duplicates. A missing value is unknown because no image
 * contained it. One thread.
 */
final class RowBag {
  private final List<Map<String, @Nullable String>> rows;

  RowBag(List<Map<String, @Nullable String>> rows) {
    this.rows = new ArrayList<>(rows);
  }

  void add(Map<String, @Nullable String> row) {
    rows.add(row);
  }

  /**
   * Removes a row with all these values, preferably one without unknown values; null if there is
   * none.
   */
  @Nullable Map<String, @Nullable String> take(Map<String, @Nullable String> cells) {
    int found = -1;
    for (int i = 0; i < rows.size(); i++) {
      if (agree(cells, rows.get(i))) {
        found = i;
        if (rows.get(i).keySet().containsAll(cells.keySet())) {
          break;
        }
      }
    }
    return found < 0 ? null : over(rows.remove(found), cells);
  }

  /** Overrides the first row's values with the second's. */
  static Map<String, @Nullable String> over(
      Map<String, @Nullable String> first, Map<String, @Nullable String> second) {
    Map<String, @Nullable String> row = new LinkedHashMap<>(first);
    row.putAll(second);
    return row;
  }

  /** The differences from the rows of a SELECT. */
  List<String> differences(List<Map<String, @Nullable String>> selected) {
    int[] ownerOf = new int[rows.size()];
    Arrays.fill(ownerOf, -1);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < selected.size(); i++) {
      if (!pair(i, selected, ownerOf, new boolean[rows.size()])) {
        differences.add("not rebuilt: " + selected.get(i) + nearest(selected.get(i)));
      }
    }
    for (int i = 0; i < ownerOf.length; i++) {
      if (ownerOf[i] < 0) {
        differences.add("not in the table: " + rows.get(i));
      }
    }
    return differences;
  }

  /**
   * Matches a row to the selected one, and rematches the previous owner if necessary: a row with
   * unknown values may match several.
   */
  private boolean pair(
      int wanted, List<Map<String, @Nullable String>> selected, int[] ownerOf, boolean[] tried) {
    for (int i = 0; i < rows.size(); i++) {
      if (tried[i] || !agree(selected.get(wanted), rows.get(i))) {
        continue;
      }
      tried[i] = true;
      if (ownerOf[i] < 0 || pair(ownerOf[i], selected, ownerOf, tried)) {
        ownerOf[i] = wanted;
        return true;
      }
    }
    return false;
  }

  /** The differences of a row from the most similar one. */
  String nearest(Map<String, @Nullable String> row) {
    List<String> fewest = null;
    for (Map<String, @Nullable String> other : rows) {
      List<String> cells = new ArrayList<>();
      row.forEach(
          (column, cell) -> {
            String held = other.get(column);
            if (other.containsKey(column) && !Objects.equals(held, cell)) {
              cells.add(column + " is " + escaped(cell) + ", rebuilt " + escaped(held));
            }
          });
      fewest = fewest == null || cells.size() < fewest.size() ? cells : fewest;
    }
    return " (nearest: " + fewest + ")";
  }

  /** Makes invisible characters visible. */
  private static @Nullable String escaped(@Nullable String text) {
    return text == null
        ? null
        : text.chars()
            .mapToObj(c -> c >= ' ' && c < 127 ? "" + (char) c : "\\u%04x".formatted(c))
            .collect(joining());
  }

  private static boolean agree(
      Map<String, @Nullable String> cells, Map<String, @Nullable String> row) {
    for (Map.Entry<String, @Nullable String> cell : cells.entrySet()) {
      String held = row.get(cell.getKey());
      boolean same = held == null ? cell.getValue() == null : held.equals(cell.getValue());
      if (!same && row.containsKey(cell.getKey())) {
        return false;
      }
    }
    return true;
  }
}
