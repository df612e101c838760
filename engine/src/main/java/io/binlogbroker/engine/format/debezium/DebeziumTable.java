package io.binlogbroker.engine.format.debezium;

import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.cell.JsonTable;

/**
 * The parts of a {@code debezium-json} message that are the same for every row of a table, as
 * bytes. Immutable.
 */
final class DebeziumTable {
  private final JsonTable columns;
  private final byte[] schema;
  private final byte[] table;

  DebeziumTable(RowPlan plan) {
    columns = new JsonTable(plan);
    schema = JsonTable.bytes(JsonTable.quoted(plan.schema()));
    table = JsonTable.bytes(JsonTable.quoted(plan.table()));
  }

  JsonTable columns() {
    return columns;
  }

  /** In quotes. */
  byte[] schema() {
    return schema;
  }

  /** In quotes. */
  byte[] table() {
    return table;
  }
}
