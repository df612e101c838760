package io.binlogbroker.client;

/** A table as the source names it. */
public record TableName(String db, String table) {
  @Override
  public String toString() {
    return db + "." + table;
  }
}
