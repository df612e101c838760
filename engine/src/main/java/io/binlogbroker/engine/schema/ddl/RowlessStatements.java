package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.schema.ddl.sql.SqlLexer;
import io.binlogbroker.engine.schema.ddl.sql.Token;
import java.util.Set;

/**
 * Recognizes statements that change no rows, or none that row format would log either: DDL without
 * a query, account management, table maintenance. Any other may be a change in statement format.
 * Stateless.
 */
public final class RowlessStatements {
  private static final Set<String> VERBS =
      Set.of(
          "ALTER",
          "DROP",
          "RENAME",
          "TRUNCATE",
          "GRANT",
          "REVOKE",
          "FLUSH",
          "OPTIMIZE",
          "REPAIR",
          "CHECK",
          "INSTALL",
          "UNINSTALL",
          "XA",
          "SAVEPOINT",
          "RELEASE");

  private static final Set<String> AFTER_ANALYZE =
      Set.of("TABLE", "TABLES", "LOCAL", "NO_WRITE_TO_BINLOG");

  private static final Set<String> AFTER_SET = Set.of("PASSWORD", "DEFAULT");

  private RowlessStatements() {}

  /** False for any uncertain statement. */
  public static boolean has(LoggedStatement statement) {
    try {
      return isRowless(statement);
    } catch (DdlException e) {
      return false; // Without its words, its effect is unknown.
    }
  }

  private static boolean isRowless(LoggedStatement statement) {
    SqlLexer words = statement.words();
    Token first = words.next();
    return switch (first.keyword()) {
      case "CREATE" -> !isFilled(words);
      case "ANALYZE" -> AFTER_ANALYZE.contains(words.next().keyword());
      case "SET" -> AFTER_SET.contains(words.next().keyword());
      default -> first == Token.END || VERBS.contains(first.keyword());
    };
  }

  /**
   * Whether it is a CREATE TABLE, possibly TEMPORARY, with a query, which may call functions that
   * change rows.
   */
  private static boolean isFilled(SqlLexer afterCreate) {
    Token token = afterCreate.next();
    while (token.isWord("OR") || token.isWord("REPLACE") || token.isWord("TEMPORARY")) {
      token = afterCreate.next();
    }
    if (!token.isWord("TABLE")) {
      return false;
    }
    CreateQuery query = new CreateQuery();
    for (token = afterCreate.next(); token != Token.END; token = afterCreate.next()) {
      if (query.startsWith(token)) {
        return true;
      }
    }
    return false;
  }
}
