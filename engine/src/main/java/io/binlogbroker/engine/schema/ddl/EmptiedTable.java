package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.schema.ddl.sql.TokenReader;
import org.jspecify.annotations.Nullable;

/** Knows the statement that MySQL 5.7 writes for a MEMORY table that a restart has emptied. */
public final class EmptiedTable {
  private EmptiedTable() {}

  /**
   * The schema of its table, if it is one: {@code DELETE FROM `schema`.`table`}, spelled so, which
   * stands in no session's character set.
   *
   * @param statement whose schemas MySQL has not noted, as it does for those of sessions
   */
  public static @Nullable String schema(LoggedStatement statement) {
    String sql = statement.dialect().mariaDb() ? "" : statement.sql();
    if (!sql.startsWith("DELETE FROM `") || !sql.endsWith("`")) {
      return null;
    }
    try {
      TokenReader in = new TokenReader(statement.tokens());
      in.expect("DELETE");
      in.expect("FROM");
      TableName table = in.table("");
      return in.atEnd() && !table.schema().isEmpty() ? table.schema() : null;
    } catch (DdlException e) {
      return null; // Another statement that begins and ends so.
    }
  }
}
