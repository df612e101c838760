package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.schema.ddl.sql.SqlLexer;
import io.binlogbroker.engine.schema.ddl.sql.Token;
import java.util.Set;

/**
 * Knows the statements that change no rows, or none that a log in row format would show either: DDL
 * without a query, accounts, upkeep of tables. Any other may be a change in statement format.
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

  private static final Set<String> BEHIND_ANALYZE =
      Set.of("TABLE", "TABLES", "LOCAL", "NO_WRITE_TO_BINLOG");

  private static final Set<String> BEHIND_SET = Set.of("PASSWORD", "DEFAULT");

  private RowlessStatements() {}

  /** False for all that it is not certain of. */
  public static boolean has(LoggedStatement statement) {
    try {
      return isRowless(statement);
    } catch (DdlException e) {
      return false; // Where not even its words can be told, who knows what it does.
    }
  }

  private static boolean isRowless(LoggedStatement statement) {
    SqlLexer words = statement.words();
    Token first = words.next();
    return switch (first.keyword()) {
      case "CREATE" -> !isFilled(words);
      case "ANALYZE" -> BEHIND_ANALYZE.contains(words.next().keyword());
      case "SET" -> BEHIND_SET.contains(words.next().keyword());
      default -> first == Token.END || VERBS.contains(first.keyword());
    };
  }

  /** Whether it is a CREATE TABLE, be it a temporary one, that a query fills: it may call any. */
  private static boolean isFilled(SqlLexer behindCreate) {
    Token token = behindCreate.next();
    while (token.isWord("OR") || token.isWord("REPLACE") || token.isWord("TEMPORARY")) {
      token = behindCreate.next();
    }
    if (!token.isWord("TABLE")) {
      return false;
    }
    CreateQuery query = new CreateQuery();
    for (token = behindCreate.next(); token != Token.END; token = behindCreate.next()) {
      if (query.beginsWith(token)) {
        return true;
      }
    }
    return false;
  }
}
