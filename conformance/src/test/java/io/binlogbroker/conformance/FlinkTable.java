package io.binlogbroker.conformance;

import static java.util.stream.Collectors.joining;

import io.binlogbroker.engine.format.registry.Format;
import io.binlogbroker.testkit.MysqlServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;
import org.jspecify.annotations.Nullable;

/** A table with column types that Flink supports, and changes of all kinds. */
final class FlinkTable {
  private static final int ROWS = 9;

  private final String schema;
  private final List<FlinkColumn> columns;

  FlinkTable(String schema, List<FlinkColumn> columns) {
    this.schema = schema;
    this.columns = columns;
  }

  void create(MysqlServer mysql) {
    mysql.execute(
        "CREATE DATABASE " + schema,
        "CREATE TABLE %s.goods (id BIGINT PRIMARY KEY, %s)"
            .formatted(
                schema, columns.stream().map(FlinkColumn::definition).collect(joining(", "))));
  }

  /**
   * Inserts rows, updates each row to the values of the next, changes a primary key, and deletes
   * rows; with one or several rows in an event.
   *
   * @return the number of changes; a change of the primary key counts as two
   */
  int change(MysqlServer mysql) {
    List<String> statements = new ArrayList<>();
    statements.add(
        "INSERT INTO %s.goods VALUES %s"
            .formatted(
                schema, IntStream.range(0, ROWS).mapToObj(this::values).collect(joining(", "))));
    IntStream.range(0, ROWS).mapToObj(this::update).forEach(statements::add);
    statements.add("UPDATE %s.goods SET id = id + 100 WHERE id = 3".formatted(schema));
    statements.add("DELETE FROM %s.goods WHERE id IN (4, 5)".formatted(schema));
    mysql.execute(statements.toArray(String[]::new));
    return ROWS + ROWS + 2 + 2;
  }

  private String values(int row) {
    return Stream.concat(Stream.of("" + row), columns.stream().map(column -> column.value(row)))
        .collect(joining(", ", "(", ")"));
  }

  private String update(int row) {
    return "UPDATE %s.goods SET %s WHERE id = %d"
        .formatted(
            schema,
            columns.stream()
                .map(column -> column.name() + " = " + column.value(row + 1))
                .collect(joining(", ")),
            row);
  }

  /** The rows that Flink must have at the end, by key. */
  Map<Long, List<@Nullable String>> select(MysqlServer mysql, Format format) {
    String expressions =
        columns.stream()
            .map(
                column ->
                    column.declared(format).expression().replace("$", column.name())
                        + " AS "
                        + column.name())
            .collect(joining(", "));
    Map<Long, List<@Nullable String>> rows = new LinkedHashMap<>();
    for (Map<String, @Nullable String> row :
        mysql.query("SELECT id, " + expressions + " FROM " + schema + ".goods ORDER BY id")) {
      List<@Nullable String> cells = new ArrayList<>(row.values());
      rows.put(Long.valueOf(String.valueOf(cells.remove(0))), cells);
    }
    return rows;
  }

  DataType row(Format format) {
    List<DataTypes.Field> fields = new ArrayList<>();
    fields.add(DataTypes.FIELD("id", DataTypes.BIGINT().notNull()));
    columns.forEach(
        column -> fields.add(DataTypes.FIELD(column.name(), column.declared(format).type())));
    return DataTypes.ROW(fields);
  }
}
