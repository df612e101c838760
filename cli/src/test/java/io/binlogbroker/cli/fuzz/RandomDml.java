package io.binlogbroker.cli.fuzz;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;

/** Generates statements that change rows. One thread. */
final class RandomDml {
  private final Dice dice;

  RandomDml(Dice dice) {
    this.dice = dice;
  }

  /**
   * A statement for a table.
   *
   * @param whole whether row images are full, so that a column may be omitted
   */
  String next(RandomTable table, boolean whole) {
    return switch (dice.below(12)) {
      case 0, 1, 2, 3, 4 -> insert(table, whole);
      case 5, 6, 7, 8 -> update(table);
      case 9, 10 -> delete(table, dice.between(1, 15));
      default -> doubled(table);
    };
  }

  private String insert(RandomTable table, boolean whole) {
    List<RandomColumn> columns = new ArrayList<>(table.writable());
    if (whole && columns.size() > 1 && dice.chance(15)) {
      columns.remove(dice.below(columns.size()));
    }
    List<String> rows = new ArrayList<>();
    for (int more = dice.oneOf(1, 1, 1, 5, 20); more > 0; more--) {
      rows.add(
          "(" + columns.stream().map(column -> column.value(dice)).collect(joining(", ")) + ")");
    }
    String verb = dice.oneOf("INSERT", "INSERT IGNORE", "INSERT IGNORE", "REPLACE");
    String sql =
        "%s INTO %s (%s) VALUES %s"
            .formatted(verb, table.path(), names(columns), String.join(", ", rows));
    return verb.equals("INSERT") ? sql + " ON DUPLICATE KEY UPDATE " + assignments(table) : sql;
  }

  private String update(RandomTable table) {
    return "UPDATE IGNORE %s SET %s%s"
        .formatted(table.path(), assignments(table), some(table, dice.between(1, 20)));
  }

  private String assignments(RandomTable table) {
    List<RandomColumn> columns = table.writable();
    List<String> assignments = new ArrayList<>();
    for (int more = dice.between(1, Math.min(4, columns.size())); more > 0; more--) {
      RandomColumn column = dice.oneOf(columns);
      assignments.add(column.quoted() + " = " + column.edit(dice));
    }
    return String.join(", ", assignments);
  }

  String delete(RandomTable table, int most) {
    return "DELETE FROM " + table.path() + some(table, most);
  }

  private String some(RandomTable table, int most) {
    String order = dice.oneOf(table.columns()).quoted() + dice.oneOf("", " DESC");
    return " ORDER BY " + order + " LIMIT " + most;
  }

  private String doubled(RandomTable table) {
    String columns = names(table.writable());
    return "INSERT IGNORE INTO %1$s (%2$s) SELECT %2$s FROM %1$s LIMIT %3$d"
        .formatted(table.path(), columns, dice.between(1, 10));
  }

  private static String names(List<RandomColumn> columns) {
    return columns.stream().map(RandomColumn::quoted).collect(joining(", "));
  }
}
