package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.schema.ddl.sql.Token;
import java.util.List;

/**
 * Finds the query that fills a created table: SELECT, which only quotes make a name, or VALUES or
 * TABLE where no clause of a table begins with them. Used once.
 */
final class CreateQuery {
  private int depth;
  private boolean opened;

  /** Whether there is one among the tokens behind CREATE TABLE. */
  static boolean isIn(List<Token> behindTable) {
    CreateQuery query = new CreateQuery();
    return behindTable.stream().anyMatch(query::beginsWith);
  }

  /** Takes the next token behind CREATE TABLE. */
  boolean beginsWith(Token token) {
    boolean outside = depth == 0 || opened;
    opened = token.isSign('(');
    depth += opened ? 1 : token.isSign(')') ? -1 : 0;
    return token.isWord("SELECT") || (outside && (token.isWord("VALUES") || token.isWord("TABLE")));
  }
}
