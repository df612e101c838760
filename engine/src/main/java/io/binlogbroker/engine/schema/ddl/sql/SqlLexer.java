package io.binlogbroker.engine.schema.ddl.sql;

import io.binlogbroker.binlog.row.text.ClientCharset;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits a statement into tokens by its bytes, like the server's lexer: the session's character set
 * decides which bytes are whitespace or part of a character. Comments are skipped, except version
 * comments that the server executes. Linear in the statement's length. Used once.
 */
public final class SqlLexer {
  private final byte[] sql;
  private final ClientCharset charset;
  private final SqlDialect dialect;
  private boolean inExecutedComment;
  private int at;

  SqlLexer(StatementText text, SqlDialect dialect) {
    this.sql = text.bytes();
    this.charset = text.charset();
    this.dialect = dialect;
  }

  /** The tokens of a text of our own. */
  public static List<Token> tokens(String sql, SqlDialect dialect) {
    return tokens(StatementText.of(sql), dialect);
  }

  /**
   * @throws DdlException when a quoted text or name is not closed
   */
  static List<Token> tokens(StatementText text, SqlDialect dialect) {
    SqlLexer lexer = new SqlLexer(text, dialect);
    List<Token> tokens = new ArrayList<>();
    for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
      tokens.add(token);
    }
    return tokens;
  }

  /** Everything that looks like a word, also in comments and quotes. */
  static List<Token> words(StatementText text, SqlDialect dialect) {
    SqlLexer lexer = new SqlLexer(text, dialect);
    List<Token> words = new ArrayList<>();
    while (lexer.at < lexer.sql.length) {
      if (lexer.charset.isWordPart(lexer.sql[lexer.at])) {
        words.add(lexer.word());
      } else {
        lexer.at++;
      }
    }
    return words;
  }

  /**
   * The next token, {@link Token#END} after the last.
   *
   * @throws DdlException when a quoted text or name is not closed
   */
  public Token next() {
    skipBlanks();
    if (at >= sql.length) {
      return Token.END;
    }
    byte b = sql[at];
    if (b == '`') {
      return quoted(b, Token.Kind.NAME, false);
    }
    if (b == '"') {
      boolean name = dialect.ansiQuotes();
      Token.Kind kind = name ? Token.Kind.NAME : Token.Kind.TEXT;
      return quoted(b, kind, !name && dialect.backslashEscapes());
    }
    if (b == '\'') {
      return quoted(b, Token.Kind.TEXT, dialect.backslashEscapes());
    }
    return charset.isWordPart(b) ? word() : sign();
  }

  /** Skips MariaDB's settings for a single statement: SET STATEMENT ... FOR, possibly repeated. */
  SqlLexer skipSettings() {
    boolean inComment = inExecutedComment;
    int start = at;
    while (next().isWord("SET") && next().isWord("STATEMENT") && skipToFor()) {
      inComment = inExecutedComment;
      start = at;
    }
    inExecutedComment = inComment;
    at = start;
    return this;
  }

  private boolean skipToFor() {
    int depth = 0;
    Token token = next();
    while (token != Token.END && !(depth == 0 && token.isWord("FOR"))) {
      depth += token.isSign('(') ? 1 : token.isSign(')') ? -1 : 0;
      token = next();
    }
    return token != Token.END;
  }

  private void skipBlanks() {
    while (at < sql.length) {
      if (charset.isBlank(sql[at])) {
        at++;
      } else if (isNext("/*")) {
        comment();
      } else if (inExecutedComment && isNext("*/")) {
        inExecutedComment = false;
        at += 2;
      } else if (sql[at] == '#' || isDashComment()) {
        skipLine();
      } else {
        return;
      }
    }
  }

  private boolean isNext(String ascii) {
    return isAt(at, ascii);
  }

  private boolean isAt(int from, String ascii) {
    if (sql.length - from < ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (sql[from + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean isDashComment() {
    return isNext("--") && (at + 2 == sql.length || charset.isBlankOrControl(sql[at + 2]));
  }

  private void skipLine() {
    while (at < sql.length && sql[at] != '\n') {
      at++;
    }
  }

  /** The text of an executed comment is read as tokens; its end is skipped later. */
  private void comment() {
    boolean mariaDbs = isAt(at + 2, "M!") && dialect.mariaDb();
    if (!mariaDbs && !isAt(at + 2, "!")) {
      skipComment(false);
      return;
    }
    int digits = at + (mariaDbs ? 4 : 3);
    int end = dialect.endOfVersion(sql, digits);
    if (end == digits || dialect.executes(number(digits, end), mariaDbs)) {
      inExecutedComment = true;
      at = end;
    } else {
      skipComment(true);
    }
  }

  private int number(int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + sql[i] - '0';
    }
    return number;
  }

  /** A version comment that is not executed may contain one nested comment. */
  private void skipComment(boolean mayNest) {
    at += 2;
    while (at < sql.length && !isNext("*/")) {
      if (mayNest && isNext("/*")) {
        skipComment(false);
      } else {
        at++;
      }
    }
    at = Math.min(at + 2, sql.length);
  }

  /** Bytes below 0x80 are ASCII, even in character sets such as swe7 that differ there. */
  private Token word() {
    int start = at;
    boolean ascii = true;
    while (at < sql.length && charset.isWordPart(sql[at])) {
      ascii &= sql[at] >= 0;
      at += charset.length(sql, at);
    }
    byte[] word = Arrays.copyOfRange(sql, start, at);
    return new Token(
        Token.Kind.WORD, ascii ? new String(word, StandardCharsets.US_ASCII) : text(word));
  }

  private Token sign() {
    char sign = (char) (sql[at++] & 0xFF);
    return new Token(Token.Kind.SIGN, String.valueOf(sign));
  }

  private Token quoted(byte quote, Token.Kind kind, boolean escapes) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    at++;
    while (at < sql.length) {
      byte b = sql[at];
      int length = charset.length(sql, at);
      at += length;
      if (length > 1) {
        text.write(sql, at - length, length);
      } else if (b == '\\' && escapes && at < sql.length) {
        escaped(sql[at++], text);
      } else if (b != quote) {
        text.write(b);
      } else if (at < sql.length && sql[at] == quote) {
        text.write(quote);
        at++;
      } else {
        return new Token(kind, text(text.toByteArray()));
      }
    }
    throw new DdlException("Expected a closing " + (char) quote + " in the statement");
  }

  private String text(byte[] bytes) {
    return charset.decode(bytes);
  }

  private static void escaped(byte b, ByteArrayOutputStream text) {
    switch (b) {
      case '0' -> text.write('\0');
      case 'b' -> text.write('\b');
      case 'n' -> text.write('\n');
      case 'r' -> text.write('\r');
      case 't' -> text.write('\t');
      case 'Z' -> text.write(0x1A);
      case '%', '_' -> {
        text.write('\\'); // kept, because LIKE needs it
        text.write(b);
      }
      default -> text.write(b);
    }
  }
}
