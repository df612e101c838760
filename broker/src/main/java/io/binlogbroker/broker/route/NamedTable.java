package io.binlogbroker.broker.route;

/** A table by its names. */
public record NamedTable(String schema, String table) {
  /** For SQL, whatever characters the names have. */
  public String quoted() {
    return quoted(schema) + "." + quoted(table);
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  @Override
  public String toString() {
    return schema + "." + table;
  }
}
