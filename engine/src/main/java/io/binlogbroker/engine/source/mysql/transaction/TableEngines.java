package io.binlogbroker.engine.source.mysql.transaction;

/** Which storage engine a table has, which the log does not contain. Relay thread. */
public interface TableEngines extends AutoCloseable {
  /** Whether the table, as it is now, takes part in transactions; false for one that is gone. */
  boolean rollsBack(String schema, String table);

  @Override
  void close();
}
