package io.binlogbroker.engine.source.mysql.schema;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;

/** Follows the columns of tables through a binary log. Relay thread. */
public interface StatementListener {
  /**
   * Called when a transaction begins.
   *
   * @return whether the tables mapped so far must be described again
   */
  boolean isCheckDue(BinlogPosition place);

  /**
   * Called for each statement that may be DDL and takes effect.
   *
   * @return whether the tables mapped so far may have changed
   */
  boolean changesTables(LoggedStatement statement, BinlogPosition place);
}
