package io.binlogbroker.broker.ddl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads keys and constraints, of which only the primary key matters. Stateless. */
final class KeyReader {
  private KeyReader() {}

  /** Whether a key or constraint comes next in a list of columns, and no column. */
  static boolean isNext(TokenReader in) {
    Token first = in.peek();
    Token second = in.peek(1);
    return switch (first.keyword()) {
      case "CONSTRAINT", "PRIMARY", "KEY", "INDEX", "UNIQUE", "FULLTEXT", "SPATIAL", "FOREIGN" ->
          true;
      case "CHECK" -> second.isSign('(');
      case "PERIOD" -> second.isWord("FOR");
      case "VECTOR" -> second.isWord("INDEX") || second.isWord("KEY");
      default -> false;
    };
  }

  /**
   * A primary key.
   *
   * @param ifNone whether it is made only where there is none
   */
  record PrimaryKeyClause(List<String> columns, boolean ifNone) {}

  /** Null when it is something else than a primary key. */
  static @Nullable PrimaryKeyClause primaryKey(TokenReader in) {
    if (in.accept("CONSTRAINT") && !in.peek().isWord("PRIMARY")) {
      in.next();
    }
    if (!in.accept("PRIMARY", "KEY")) {
      return null;
    }
    boolean ifNone = in.acceptIfNotExists();
    while (!in.atEnd() && !in.peek().isSign('(')) {
      in.next(); // a name, USING BTREE
    }
    List<String> columns = new ArrayList<>();
    for (List<Token> part : TokenReader.split(in.inParentheses())) {
      columns.add(new TokenReader(part).name());
    }
    return new PrimaryKeyClause(columns, ifNone);
  }
}
