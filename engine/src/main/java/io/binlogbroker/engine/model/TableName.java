package io.binlogbroker.engine.model;

import java.util.Locale;

/** A table's name with its schema's; an empty table name denotes the schema itself. */
public record TableName(String schema, String table) {
  /** The name of the schema itself, under which its default character set is stored. */
  public static TableName ofSchema(String schema) {
    return new TableName(schema, "");
  }

  /** The name in lower case, as stored by a server that compares names case-insensitively. */
  public TableName lowerCase() {
    return new TableName(schema.toLowerCase(Locale.ROOT), table.toLowerCase(Locale.ROOT));
  }

  /** The name as a quoted SQL identifier. */
  public String quoted() {
    return quoted(schema) + "." + quoted(table);
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  @Override
  public String toString() {
    return table.isEmpty() ? schema : schema + "." + table;
  }
}
