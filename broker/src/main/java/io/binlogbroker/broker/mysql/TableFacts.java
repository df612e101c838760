package io.binlogbroker.broker.mysql;

/** Answers what the log does not tell about a table. Relay thread. */
interface TableFacts extends AutoCloseable {
  /** Whether the table, as it is now, takes part in transactions; false for one that is gone. */
  boolean rollsBack(String schema, String table);

  @Override
  void close();
}
