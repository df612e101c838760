package io.binlogbroker.engine.format;

import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.ColumnType;
import io.binlogbroker.binlog.row.column.RowPlan;
import java.util.ArrayList;
import java.util.List;

/** Builds tables for tests. */
public final class SampleTables {
  private static final int DIGITS = 35;
  private static final int BYTES = 4;

  private final String schema;
  private final String table;
  private final List<Column> columns = new ArrayList<>();

  private SampleTables(String schema, String table) {
    this.schema = schema;
    this.table = table;
  }

  public static SampleTables table(String schema, String table) {
    return new SampleTables(schema, table);
  }

  /** {@code id BIGINT, usr_id BIGINT, price DECIMAL(10,2), note VARCHAR} with id as key. */
  public static RowPlan goods() {
    return table("mall_db", "goods")
        .with("id", ColumnType.BIGINT)
        .with("usr_id", ColumnType.BIGINT)
        .with("price", ColumnType.DECIMAL, 2)
        .with("note", ColumnType.VARCHAR)
        .keyedBy("id");
  }

  public SampleTables with(String name, ColumnType type) {
    return with(name, type, 0);
  }

  public SampleTables with(String name, ColumnType type, int decimals) {
    return add(name, type, decimals, List.of());
  }

  public SampleTables with(String name, ColumnType type, String... labels) {
    return add(name, type, 0, List.of(labels));
  }

  public SampleTables withBit(String name, int bits) {
    columns.add(new Column(columns.size(), name, ColumnType.BIT, false, true, bits, 0, List.of()));
    return this;
  }

  /** Makes the last column NOT NULL. */
  public SampleTables notNull() {
    Column last = columns.remove(columns.size() - 1);
    columns.add(
        new Column(
            last.index(),
            last.name(),
            last.type(),
            last.unsigned(),
            false,
            last.precision(),
            last.decimals(),
            last.labels()));
    return this;
  }

  private SampleTables add(String name, ColumnType type, int decimals, List<String> labels) {
    int precision = type == ColumnType.DECIMAL ? DIGITS : type == ColumnType.BINARY ? BYTES : 0;
    columns.add(new Column(columns.size(), name, type, false, true, precision, decimals, labels));
    return this;
  }

  public RowPlan keyedBy(String... names) {
    RowPlan plan = new RowPlan(schema, table, columns, List.of());
    List<Integer> key = List.of(names).stream().map(plan::indexOf).toList();
    return new RowPlan(schema, table, columns, key);
  }
}
