package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.Token;
import io.binlogbroker.engine.schema.ddl.sql.TokenReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads keys and constraints; only unique keys matter. Stateless. */
public final class KeyReader {
  private KeyReader() {}

  /** Whether the next item of a column list is a key or constraint and not a column. */
  public static boolean isNext(TokenReader in) {
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
   * A primary or unique key.
   *
   * @param ifNone whether it is created only if no key has its name
   */
  record UniqueKeyClause(TableKey key, boolean ifNone) {}

  /** Null if it is not a unique key. */
  public static @Nullable UniqueKeyClause unique(TokenReader in, boolean mariaDb) {
    String symbol = "";
    if (in.accept("CONSTRAINT") && !in.peek().isWord("PRIMARY") && !in.peek().isWord("UNIQUE")) {
      symbol = in.name();
    }
    boolean primary = in.accept("PRIMARY", "KEY");
    if (!primary && !in.accept("UNIQUE")) {
      return null;
    }
    if (!primary) {
      in.acceptAny("KEY", "INDEX");
    }
    boolean ifNone = in.acceptIfNotExists();
    boolean named = !in.peek().isSign('(') && !isAlgorithm(in);
    String name = named ? in.name() : symbol;
    boolean hash = algorithm(in);
    List<List<Token>> parts = TokenReader.split(in.inParentheses());
    hash |= algorithm(in);
    return new UniqueKeyClause(key(primary, name, hash && mariaDb, parts), ifNone);
  }

  private static boolean isAlgorithm(TokenReader in) {
    Token kind = in.peek(1);
    boolean known = kind.isWord("BTREE") || kind.isWord("HASH") || kind.isWord("RTREE");
    return known && (in.peek().isWord("USING") || in.peek().isWord("TYPE"));
  }

  /** Skips options up to the parts or the end; returns whether one is HASH. */
  private static boolean algorithm(TokenReader in) {
    boolean hash = false;
    while (!in.atEnd() && !in.peek().isSign('(')) {
      hash |= isAlgorithm(in) && in.peek(1).isWord("HASH");
      in.next();
    }
    return hash;
  }

  private static TableKey key(
      boolean primary, String name, boolean hash, List<List<Token>> tokens) {
    ServerLimits.requireParts(tokens.size());
    List<TableKey.Part> parts = new ArrayList<>();
    boolean functional = false;
    for (List<Token> part : tokens) {
      TokenReader reader = new TokenReader(part);
      if (reader.peek().isSign('(')) {
        functional = true;
      } else {
        parts.add(part(reader));
      }
    }
    if (primary) {
      return new TableKey(TableKey.PRIMARY, TableKey.Kind.PRIMARY, parts);
    }
    TableKey.Kind kind =
        functional ? TableKey.Kind.FUNCTIONAL : hash ? TableKey.Kind.HASHED : TableKey.Kind.UNIQUE;
    return new TableKey(name, kind, parts);
  }

  private static TableKey.Part part(TokenReader in) {
    String column = in.name();
    int prefix = 0;
    if (in.peek().isSign('(')) {
      List<Token> inside = in.inParentheses();
      String length = inside.isEmpty() ? "" : inside.get(0).text();
      if (!length.matches("[0-9]{1,9}")) {
        throw new DdlException("Expected the length of a key part but got " + length);
      }
      prefix = Integer.parseInt(length);
    }
    return new TableKey.Part(column, prefix);
  }
}
