package io.binlogbroker.engine.format.canal;

import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.cell.JsonTable;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The parts of a {@code canal-json} message that are the same for every row of a table, as bytes.
 * Immutable.
 */
final class CanalTable {
  private final JsonTable columns;
  private final byte[] database;
  private final byte[] types;
  private final byte[] primaryKey;
  private final byte[] sqlTypes;

  CanalTable(RowPlan plan) {
    columns = new JsonTable(plan);
    database = JsonTable.bytes("],\"database\":" + JsonTable.quoted(plan.schema()) + ",\"es\":");
    types =
        JsonTable.bytes(
            ",\"isDdl\":false,\"mysqlType\":"
                + members(plan, column -> JsonTable.quoted(CanalTypes.mysqlType(column)))
                + ",\"old\":");
    primaryKey = JsonTable.bytes(",\"pkNames\":" + primaryKey(plan) + ",\"sql\":\"\",\"sqlType\":");
    sqlTypes =
        JsonTable.bytes(
            members(plan, column -> String.valueOf(CanalTypes.sqlType(column)))
                + ",\"table\":"
                + JsonTable.quoted(plan.table())
                + ",\"ts\":");
  }

  private static String members(RowPlan plan, Function<Column, String> value) {
    return plan.columns().stream()
        .map(column -> JsonTable.quoted(column.name()) + ":" + value.apply(column))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String primaryKey(RowPlan plan) {
    if (plan.primaryKey().isEmpty()) {
      return "null";
    }
    return plan.primaryKey().stream()
        .sorted() // as in Canal: in the order of the table, not of the key
        .map(index -> JsonTable.quoted(plan.columns().get(index).name()))
        .collect(Collectors.joining(",", "[", "]"));
  }

  JsonTable columns() {
    return columns;
  }

  /** {@code ],"database":"…","es":} */
  byte[] database() {
    return database;
  }

  /** {@code ,"isDdl":false,"mysqlType":{…},"old":} */
  byte[] types() {
    return types;
  }

  /** {@code ,"pkNames":[…],"sql":"","sqlType":} */
  byte[] primaryKey() {
    return primaryKey;
  }

  /** <code>{…},"table":"…","ts":</code> */
  byte[] sqlTypes() {
    return sqlTypes;
  }
}
