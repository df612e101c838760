package io.binlogbroker.client;

/**
 * The name of a table in the source.
 *
 * @param db the schema
 * @param table the table's name within the schema
 */
public record SourceTable(String db, String table) {
  @Override
  public String toString() {
    return db + "." + table;
  }
}
