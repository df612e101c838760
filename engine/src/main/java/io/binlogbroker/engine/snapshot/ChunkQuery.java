package io.binlogbroker.engine.snapshot;

import io.binlogbroker.binlog.query.QueryPlan;
import io.binlogbroker.binlog.row.column.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the queries that read a table in the order of a key. All comparisons are the server's: a
 * bound is the literals of a row that the server returned. Immutable.
 *
 * @param plan the table's columns
 * @param index name of the key; empty for a table without one
 * @param key indexes of the key's columns, none of which may be NULL; none without a key
 * @param where a condition that the rows meet; null for all rows
 */
record ChunkQuery(QueryPlan plan, String index, List<Integer> key, @Nullable String where) {
  ChunkQuery {
    key = List.copyOf(key);
  }

  /**
   * The query of the next rows.
   *
   * @param after literals of the key that the rows follow; null for the first rows
   * @param upTo literals of the last key of the range; null for the end of the table
   */
  String rows(@Nullable List<String> after, @Nullable List<String> upTo, int limit) {
    return rows(after, upTo) + " LIMIT " + limit;
  }

  /** The query of all rows of a range. */
  String rows(@Nullable List<String> after, @Nullable List<String> upTo) {
    List<String> conditions = range(after, upTo);
    if (where != null) {
      conditions.add("(" + where + "\n)");
    }
    return ordered(conditions);
  }

  /**
   * The query of the row behind which {@link #rows} may end, whichever rows meet the condition: it
   * bounds how many are read to find them.
   */
  String window(@Nullable List<String> after, @Nullable List<String> upTo, int limit) {
    return ordered(range(after, upTo)) + " LIMIT " + (limit - 1) + ", 1";
  }

  private List<String> range(@Nullable List<String> after, @Nullable List<String> upTo) {
    List<String> conditions = new ArrayList<>();
    if (after != null) {
      conditions.add(compared(after, ">", ">"));
    }
    if (upTo != null) {
      conditions.add(compared(upTo, "<", "<="));
    }
    return conditions;
  }

  private String ordered(List<String> conditions) {
    return select()
        + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
        + " ORDER BY "
        + String.join(", ", key.stream().map(this::ordered).toList());
  }

  /** The query of the server's plan for all rows: how many it expects. */
  String explained(boolean inParentheses) {
    String condition = where == null ? "TRUE" : inParentheses ? "(" + where + "\n)" : where;
    return "EXPLAIN SELECT * FROM " + table() + " WHERE " + condition;
  }

  /** The query of all rows, in any order. */
  String all() {
    return select() + (where == null ? "" : " WHERE (" + where + "\n)");
  }

  /**
   * The query of the first or the last row.
   *
   * @param order {@code ASC} or {@code DESC}
   */
  String edge(String order) {
    return select()
        + " ORDER BY "
        + String.join(", ", key.stream().map(index -> ordered(index) + " " + order).toList())
        + " LIMIT 1";
  }

  private String select() {
    String from = "SELECT " + plan.selectList() + " FROM " + table();
    return key.isEmpty() ? from : from + " FORCE INDEX (" + quoted(index) + ")";
  }

  /**
   * A comparison of the key with a bound: {@code (a > 1 OR (a = 1 AND b > 2))}. The servers do not
   * use an index for {@code (a, b) > (1, 2)}.
   *
   * @param last operator for the last column, where all others are equal
   */
  private String compared(List<String> bound, String operator, String last) {
    List<String> cases = new ArrayList<>();
    StringBuilder equal = new StringBuilder();
    for (int i = 0; i < key.size(); i++) {
      Column column = column(key.get(i));
      String used = i == key.size() - 1 ? last : operator;
      cases.add("(" + equal + compared(column, used, bound.get(i)) + ")");
      equal.append(compared(column, "=", bound.get(i))).append(" AND ");
    }
    return "(" + String.join(" OR ", cases) + ")";
  }

  private static String compared(Column column, String operator, String literal) {
    String name = quoted(column.name());
    return switch (column.type()) {
      case ENUM -> name + " IN (" + ordinals(column, operator, Integer.parseInt(literal)) + ")";
      // Compared as a number, which may be too large for a floating-point comparison.
      case SET -> "CAST(" + name + " AS UNSIGNED) " + operator + " " + literal;
      default -> name + " " + operator + " " + literal;
    };
  }

  /** The servers use an index only for equality with a number of an ENUM. */
  private static String ordinals(Column column, String operator, int bound) {
    int labels = column.labels().size();
    IntStream chosen =
        switch (operator) {
          case ">" -> IntStream.rangeClosed(bound + 1, labels);
          case "<" -> IntStream.range(0, bound);
          case "<=" -> IntStream.rangeClosed(0, bound);
          default -> IntStream.of(bound);
        };
    String ordinals = chosen.mapToObj(Integer::toString).collect(Collectors.joining(", "));
    return ordinals.isEmpty() ? "NULL" : ordinals;
  }

  private String ordered(int index) {
    return quoted(column(index).name());
  }

  private Column column(int index) {
    return plan.rows().columns().get(index);
  }

  private String table() {
    return quoted(plan.rows().schema()) + "." + quoted(plan.rows().table());
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
