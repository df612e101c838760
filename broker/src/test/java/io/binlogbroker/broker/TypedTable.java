package io.binlogbroker.broker;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.testkit.MysqlServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table of typed columns {@code c0}, {@code c1} … behind its key {@code id}.
 *
 * @param old whether dates and times are in the formats from before MariaDB 10.1
 */
public record TypedTable(String name, List<TypedColumn> columns, boolean old) {
  TypedTable(String name, List<TypedColumn> columns) {
    this(name, columns, false);
  }

  static TypedTable of(String name, TypedColumn... columns) {
    return new TypedTable(name, List.of(columns));
  }

  /** So many that each column holds each of its values once, and NULL. */
  public int rows() {
    return columns.stream().mapToInt(column -> column.values().size()).max().orElseThrow() + 1;
  }

  public void create(MysqlServer server, String schema) {
    String definitions =
        numbers().mapToObj(i -> "c" + i + " " + columns.get(i).type()).collect(joining(",\n"));
    List<String> statements = new ArrayList<>();
    statements.add(
        "CREATE TABLE " + schema + "." + name + " (id INT PRIMARY KEY,\n" + definitions + ")");
    if (old) {
      statements.add(0, "SET GLOBAL mysql56_temporal_format = OFF");
      statements.add("SET GLOBAL mysql56_temporal_format = ON");
    }
    run(server, statements);
  }

  public void insert(MysqlServer server, String schema) {
    List<String> statements = new ArrayList<>();
    for (int row = 0; row < rows(); row++) {
      int current = row;
      String values = columns.stream().map(column -> column.value(current)).collect(joining(", "));
      statements.add(
          "INSERT INTO %s.%s (id, %s) VALUES (%d, %s)"
              .formatted(schema, name, names(), row, values));
    }
    run(server, statements);
  }

  /** Gives each row the values of the next one, or changes those it has. */
  public void update(MysqlServer server, String schema) {
    List<String> statements = new ArrayList<>();
    for (int row = 0; row < rows(); row++) {
      int next = row + 1;
      String values =
          numbers()
              .mapToObj(i -> "c" + i + " = " + columns.get(i).update("c" + i, next))
              .collect(joining(", "));
      statements.add("UPDATE %s.%s SET %s WHERE id = %d".formatted(schema, name, values, row));
    }
    run(server, statements);
  }

  public void delete(MysqlServer server, String schema) {
    run(server, List.of("DELETE FROM " + schema + "." + name));
  }

  /** What the server says that the rows hold, by their id. */
  Map<Integer, List<@Nullable String>> select(MysqlServer server, String schema) {
    String expressions =
        numbers()
            .mapToObj(i -> columns.get(i).as().expression("c" + i) + " AS c" + i)
            .collect(joining(", "));
    Map<Integer, List<@Nullable String>> rows = new LinkedHashMap<>();
    for (Map<String, @Nullable String> row :
        server.query("SELECT id, " + expressions + " FROM " + schema + "." + name)) {
      List<@Nullable String> cells = new ArrayList<>(row.values());
      rows.put(Integer.valueOf(String.valueOf(cells.remove(0))), cells);
    }
    return rows;
  }

  boolean isGenerated(int column) {
    return columns.get(column).values().isEmpty();
  }

  /** Where an image that holds every column differs from the row that was selected. */
  List<String> differences(List<@Nullable String> selected, Map<String, JsonNode> image) {
    return differences(selected, image, column -> false);
  }

  /**
   * Where an image of a message differs from the row that was selected; empty when nowhere.
   *
   * @param mayLack whether a column need not be in the image
   */
  List<String> differences(
      List<@Nullable String> selected, Map<String, JsonNode> image, IntPredicate mayLack) {
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      JsonNode message = image.get("c" + i);
      if (message == null && mayLack.test(i)) {
        continue;
      }
      String cell = selected.get(i);
      if (!isSame(columns.get(i), cell, message)) {
        differences.add(
            "%s (%s): the server says %s but the message %s"
                .formatted(columns.get(i).type(), name, brief(cell), brief(message)));
      }
    }
    return differences;
  }

  private static boolean isSame(
      TypedColumn column, @Nullable String selected, @Nullable JsonNode message) {
    if (message == null || selected == null) {
      return selected == null && message != null && message.isNull();
    }
    return column.as().equalsMessage(selected, message);
  }

  private static String brief(@Nullable Object value) {
    String text = String.valueOf(value);
    return text.length() <= 200 ? text : text.substring(0, 200) + "… " + text.length();
  }

  private String names() {
    return numbers().mapToObj(i -> "c" + i).collect(joining(", "));
  }

  private IntStream numbers() {
    return IntStream.range(0, columns.size());
  }

  /** Without a sql_mode the server takes zero dates and stores what does not fit as it can. */
  private static void run(MysqlServer server, List<String> statements) {
    List<String> all = new ArrayList<>();
    all.add("SET SESSION sql_mode = ''");
    all.addAll(statements);
    server.execute(all.toArray(String[]::new));
  }
}
