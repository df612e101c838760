package io.binlogbroker.broker.ddl;

import java.util.List;

/**
 * Finds out whether a CREATE TABLE is filled by a query, whose first word only quotes could hide:
 * SELECT anywhere, or VALUES or TABLE where no clause of a table begins with them. Used once.
 */
final class CreateQuery {
  private int depth;
  private boolean named;
  private boolean opened;
  private boolean found;

  private CreateQuery() {}

  static boolean isIn(List<Token> tokens) {
    CreateQuery query = new CreateQuery();
    tokens.forEach(query::take);
    return query.found;
  }

  private void take(Token token) {
    String word = token.keyword();
    boolean begins = depth == 0 || opened;
    if (word.equals("SELECT") || (named && begins && isQuery(word))) {
      found = true;
    }
    named |= word.equals("TABLE");
    opened = token.isSign('(');
    depth += opened ? 1 : token.isSign(')') ? -1 : 0;
  }

  private static boolean isQuery(String word) {
    return word.equals("VALUES") || word.equals("TABLE");
  }
}
