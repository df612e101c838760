package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;

/**
 * MariaDB's ALTER TABLE ... CONVERT PARTITION ... TO TABLE, and CONVERT TABLE ... TO PARTITION: the
 * other table is created with the partitioned table's columns, or removed.
 *
 * @param name the partitioned table, which keeps its columns
 * @param created whether the other table is created
 */
record MovePartition(TableName name, TableName other, boolean created, LoggedStatement statement)
    implements Ddl {
  @Override
  public void apply(Tables tables) {
    TableState of = tables.get(name);
    if (!created) {
      if (tables.get(other) != null || tables.isWanted(other)) {
        tables.put(other, TableState.absent(statement.brief()));
      }
    } else if (of != null && of.isKnown()) {
      tables.put(other, TableState.known(of.known(), statement.brief()));
    } else if (tables.get(other) != null || tables.isWanted(other)) {
      tables.put(other, TableState.unknown("the columns of " + name + " are unknown"));
    }
  }

  @Override
  public boolean invalidates(TableName table) {
    return !created && table.equals(other);
  }
}
