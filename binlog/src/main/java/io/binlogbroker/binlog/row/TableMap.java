package io.binlogbroker.binlog.row;

/** A TABLE_MAP event: which table a table id means, and the shape of its rows. Immutable. */
public final class TableMap {
  private final String schema;
  private final String table;

  TableMap(String schema, String table) {
    this.schema = schema;
    this.table = table;
  }

  public String schema() {
    return schema;
  }

  public String table() {
    return table;
  }
}
