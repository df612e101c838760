package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;

/**
 * MariaDB's ALTER TABLE ... CONVERT PARTITION ... TO TABLE, and CONVERT TABLE ... TO PARTITION: the
 * other table comes with the columns of the partitioned one, or goes.
 *
 * @param name the partitioned table, which keeps its columns
 * @param comes whether the other table is made
 */
record MovePartition(TableName name, TableName other, boolean comes, LoggedStatement statement)
    implements Ddl {
  @Override
  public void apply(Tables tables) {
    TableState of = tables.get(name);
    if (!comes) {
      if (tables.get(other) != null || tables.isWanted(other)) {
        tables.put(other, TableState.absent(statement.brief()));
      }
    } else if (of != null && of.isKnown()) {
      tables.put(other, TableState.known(of.known(), statement.brief()));
    } else if (tables.get(other) != null || tables.isWanted(other)) {
      tables.put(other, TableState.unknown("the columns of " + name + " are not known"));
    }
  }

  @Override
  public boolean ends(TableName table) {
    return !comes && table.equals(other);
  }
}
