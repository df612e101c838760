package io.binlogbroker.broker.ddl;

/** A statement that may change column lists. Immutable. */
public interface Ddl {
  /** Does to the tables what the statement did on the server. */
  void apply(Tables tables);

  /**
   * Whether what held of a table (or, by {@link TableName#ofSchema}, of a schema) just before the
   * statement may no longer hold after it. A plain CREATE TABLE is no such statement: where it
   * succeeds there was no table.
   */
  boolean ends(TableName name);
}
