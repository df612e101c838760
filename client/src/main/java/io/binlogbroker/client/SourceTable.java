package io.binlogbroker.client;

/** A table as the source names it. */
public record SourceTable(String db, String table) {
  @Override
  public String toString() {
    return db + "." + table;
  }
}
