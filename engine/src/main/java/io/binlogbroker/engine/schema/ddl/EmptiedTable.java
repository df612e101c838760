package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.schema.ddl.sql.TokenReader;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes the statement that MySQL 5.7 logs for a MEMORY table that was emptied by a restart.
 */
public final class EmptiedTable {
  private EmptiedTable() {}

  /**
   * The schema of the table, if it is such a statement: exactly {@code DELETE FROM
   * `schema`.`table`}, independent of a session's character set.
   *
   * @param statement without the list of schemas that MySQL logs for statements of sessions
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
      return null; // A different statement with the same start and end.
    }
  }
}
