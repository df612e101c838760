package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.engine.schema.ddl.sql.Charsets;
import io.binlogbroker.engine.schema.ddl.sql.Token;
import io.binlogbroker.engine.schema.ddl.sql.TokenReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the default character set among a table's or schema's options. Stateless. */
public final class TableOptions {
  private TableOptions() {}

  /** Null if none is named. Options of partitions, in parentheses, are ignored. */
  public static @Nullable String charset(List<Token> options) {
    TokenReader in = new TokenReader(options);
    String charset = null;
    while (!in.atEnd()) {
      if (in.peek().isSign('(')) {
        in.inParentheses();
      } else if (isCharset(in)) {
        in.acceptSign('=');
        String name = in.next().text();
        charset = name.equalsIgnoreCase("DEFAULT") ? charset : Charsets.of(name);
      } else if (in.accept("COLLATE")) {
        in.acceptSign('=');
        String implied = Charsets.ofCollation(in.next().text());
        charset = implied == null ? charset : implied;
      } else {
        in.next();
      }
    }
    return charset;
  }

  /** Whether the character set is explicitly DEFAULT: the schema's or the server's. */
  public static boolean isDefault(List<Token> options) {
    TokenReader in = new TokenReader(options);
    while (!in.atEnd()) {
      if (in.peek().isSign('(')) {
        in.inParentheses();
      } else if (isCharset(in)) {
        in.acceptSign('=');
        if (in.next().isWord("DEFAULT")) {
          return true;
        }
      } else {
        in.next();
      }
    }
    return false;
  }

  private static boolean isCharset(TokenReader in) {
    return in.accept("CHARSET") || in.accept("CHARACTER", "SET") || in.accept("CHAR", "SET");
  }
}
