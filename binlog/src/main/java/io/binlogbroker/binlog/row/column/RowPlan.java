package io.binlogbroker.binlog.row.column;

import java.util.List;

/**
 * The columns of one table version, compiled once from its TABLE_MAP and schema.
 *
 * @param schema database, as the server stores it
 * @param table as the server stores it
 * @param columns in table order
 * @param primaryKey indexes of its columns in key order; empty if the table has none
 */
public record RowPlan(String schema, String table, List<Column> columns, List<Integer> primaryKey) {
  public RowPlan {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
  }

  /** The index of a column by its name, ignoring case as MySQL does; -1 if there is none. */
  public int indexOf(String name) {
    for (Column column : columns) {
      if (column.name().equalsIgnoreCase(name)) {
        return column.index();
      }
    }
    return -1;
  }
}
