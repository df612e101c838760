package io.binlogbroker.broker.ddl;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a statement into tokens. Comments are passed over, but for those with a version that the
 * server executes, whose text counts. Used once.
 */
final class SqlLexer {
  private final String sql;
  private final SqlDialect dialect;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private SqlLexer(String sql, SqlDialect dialect) {
    this.sql = sql;
    this.dialect = dialect;
  }

  static List<Token> tokens(String sql, SqlDialect dialect) {
    return new SqlLexer(sql, dialect).read();
  }

  private List<Token> read() {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '/' && sql.startsWith("/*", at)) {
        comment();
      } else if (sql.startsWith("*/", at)) {
        at += 2; // of a comment with a version
      } else if (c == '#' || isDashComment()) {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end + 1;
      } else {
        token(c);
      }
    }
    return tokens;
  }

  private void token(char c) {
    if (c == '`') {
      quoted(c, Token.Kind.NAME, false);
    } else if (c == '"') {
      boolean name = dialect.ansiQuotes();
      quoted(c, name ? Token.Kind.NAME : Token.Kind.TEXT, !name && dialect.backslashEscapes());
    } else if (c == '\'') {
      quoted(c, Token.Kind.TEXT, dialect.backslashEscapes());
    } else if (isWordPart(c)) {
      word();
    } else {
      tokens.add(new Token(Token.Kind.SIGN, String.valueOf(c)));
      at++;
    }
  }

  private boolean isDashComment() {
    return sql.startsWith("--", at)
        && (at + 2 == sql.length() || Character.isWhitespace(sql.charAt(at + 2)));
  }

  /** Leaves the text of one that is executed to be read; its end is passed over when it is met. */
  private void comment() {
    int mark = at + 2;
    boolean mariaDbs = sql.startsWith("M!", mark);
    if (sql.startsWith("!", mark) || mariaDbs) {
      int digits = mark + (mariaDbs ? 2 : 1);
      int end = digits;
      while (end < sql.length() && end < digits + 6 && Character.isDigit(sql.charAt(end))) {
        end++;
      }
      int version = end == digits ? 0 : Integer.parseInt(sql.substring(digits, end));
      if (dialect.executes(version) && (dialect.mariaDb() || !mariaDbs)) {
        at = end;
        return;
      }
    }
    int end = sql.indexOf("*/", mark);
    at = end < 0 ? sql.length() : end + 2;
  }

  private void word() {
    int start = at;
    while (at < sql.length() && isWordPart(sql.charAt(at))) {
      at++;
    }
    tokens.add(new Token(Token.Kind.WORD, sql.substring(start, at)));
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c >= 0x80;
  }

  private void quoted(char quote, Token.Kind kind, boolean escapes) {
    StringBuilder text = new StringBuilder();
    at++;
    while (at < sql.length()) {
      char c = sql.charAt(at++);
      if (c == '\\' && escapes && at < sql.length()) {
        escaped(sql.charAt(at++), text);
      } else if (c != quote) {
        text.append(c);
      } else if (at < sql.length() && sql.charAt(at) == quote) {
        text.append(quote);
        at++;
      } else {
        tokens.add(new Token(kind, text.toString()));
        return;
      }
    }
    throw new DdlException("Expected a closing " + quote + " in the statement");
  }

  /** The backslash stays before what LIKE would take for a pattern. */
  private static void escaped(char c, StringBuilder text) {
    if (c == '%' || c == '_') {
      text.append('\\');
    }
    text.append(escaped(c));
  }

  private static char escaped(char c) {
    return switch (c) {
      case '0' -> '\0';
      case 'b' -> '\b';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'Z' -> 0x1A;
      default -> c;
    };
  }
}
