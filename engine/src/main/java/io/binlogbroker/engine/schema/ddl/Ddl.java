package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;

/** A statement that may change column lists. Immutable. */
public interface Ddl {
  /** Applies the statement to the tables. */
  void apply(Tables tables);

  /**
   * Whether the statement may change the definition of a table (or, with {@link
   * TableName#ofSchema}, of a schema) that existed before it. A plain CREATE TABLE does not: if it
   * succeeds, there was no table.
   */
  boolean invalidates(TableName name);

  /**
   * The same for a table with a known current definition.
   *
   * @param now the current definition: with a primary key, other unique keys do not matter
   */
  default boolean invalidates(TableName name, TableDefinition now) {
    return invalidates(name);
  }
}
