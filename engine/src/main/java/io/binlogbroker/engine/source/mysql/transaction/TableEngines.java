package io.binlogbroker.engine.source.mysql.transaction;

/** Looks up the storage engine of a table, which the log does not contain. Relay thread. */
public interface TableEngines extends AutoCloseable {
  /**
   * Whether the current storage engine of the table is transactional; false for a table that does
   * not exist.
   */
  boolean rollsBack(String schema, String table);

  @Override
  void close();
}
