package io.binlogbroker.binlog.row;

import java.util.List;

/**
 * How the rows of one table version are read, compiled once from its TABLE_MAP and schema.
 *
 * @param schema database, as the server stores it
 * @param table as the server stores it
 * @param columns in table order
 * @param primaryKey indexes of its columns in key order; empty when the table has none
 */
public record RowPlan(String schema, String table, List<Column> columns, List<Integer> primaryKey) {
  public RowPlan {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
  }

  /** The index of a column by its name, without regard to case as MySQL does; -1 when none. */
  public int indexOf(String name) {
    for (Column column : columns) {
      if (column.name().equalsIgnoreCase(name)) {
        return column.index();
      }
    }
    return -1;
  }
}
