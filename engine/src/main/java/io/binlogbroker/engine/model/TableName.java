package io.binlogbroker.engine.model;

import java.util.Locale;

/** A table's name with its schema's; an empty table stands for the schema itself. */
public record TableName(String schema, String table) {
  /** The schema's own name, under which its default character set is kept. */
  public static TableName ofSchema(String schema) {
    return new TableName(schema, "");
  }

  /** As a server that does not tell names apart by case keeps it. */
  public TableName lowerCase() {
    return new TableName(schema.toLowerCase(Locale.ROOT), table.toLowerCase(Locale.ROOT));
  }

  /** For SQL, whatever characters the names have. */
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
