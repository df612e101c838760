package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.schema.ddl.sql.Token;
import java.util.List;

/**
 * Finds the query of a CREATE TABLE: SELECT, which is a reserved word, or VALUES or TABLE where no
 * table clause starts with them. Used once.
 */
final class CreateQuery {
  private int depth;
  private boolean opened;

  /** Whether the tokens after CREATE TABLE contain one. */
  static boolean isIn(List<Token> afterTable) {
    CreateQuery query = new CreateQuery();
    return afterTable.stream().anyMatch(query::startsWith);
  }

  /** Processes the next token after CREATE TABLE. */
  boolean startsWith(Token token) {
    boolean outside = depth == 0 || opened;
    opened = token.isSign('(');
    depth += opened ? 1 : token.isSign(')') ? -1 : 0;
    return token.isWord("SELECT") || (outside && (token.isWord("VALUES") || token.isWord("TABLE")));
  }
}
