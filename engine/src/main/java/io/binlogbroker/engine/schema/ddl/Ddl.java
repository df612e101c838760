package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;

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

  /**
   * The same of a table that is known now.
   *
   * @param now as the server has it: with a primary key other unique keys do not matter
   */
  default boolean ends(TableName name, TableDefinition now) {
    return ends(name);
  }
}
