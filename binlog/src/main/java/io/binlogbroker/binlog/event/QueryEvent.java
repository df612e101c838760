package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * A statement in the log, read to find transaction control statements, which servers write
 * themselves. The text is read as ISO-8859-1, which preserves ASCII words in every client character
 * set.
 */
public final class QueryEvent {
  /** The kind of a statement, as far as it matters to a reader of rows. */
  public enum Kind {
    BEGIN,
    COMMIT,
    ROLLBACK,
    ROLLBACK_TO_SAVEPOINT,
    SAVEPOINT,
    XA_START,
    XA_END,
    XA_COMMIT,
    XA_ROLLBACK,
    /**
     * All other statements: DDL, GRANT, row changes, and statements for the server's internal use.
     */
    OTHER
  }

  /** Keywords before a savepoint's name; a name that is one of them is quoted. */
  private static final Set<String> IN_SAVEPOINTS = Set.of("SAVEPOINT", "ROLLBACK", "WORK", "TO");

  private final String schema;
  private final String sql;

  private QueryEvent(String schema, String sql) {
    this.schema = schema;
    this.sql = sql;
  }

  public static QueryEvent read(ByteReader body) {
    String schema = schema(body);
    return new QueryEvent(schema, sql(body));
  }

  /** Reads MariaDB's compressed form, whose statement is a compressed block. */
  public static QueryEvent readCompressed(ByteReader body, CompressedBlock block) {
    String schema = schema(body);
    return new QueryEvent(schema, sql(block.inflate(body)));
  }

  /** Reads up to the statement; the fixed fields and status variables are not needed. */
  private static String schema(ByteReader body) {
    body.skip(8);
    int length = body.u8();
    body.skip(2);
    int variables = body.u16();
    body.skip(variables);
    String schema = body.utf8(length);
    body.skip(1);
    return schema;
  }

  private static String sql(ByteReader text) {
    return text.string(text.remaining(), StandardCharsets.ISO_8859_1);
  }

  /** The session's default database. */
  public String schema() {
    return schema;
  }

  public String sql() {
    return sql;
  }

  /**
   * The transaction that an XA statement names.
   *
   * @throws MalformedBytesException for any other statement
   */
  public Xid xid() {
    return Xid.ofStatement(sql);
  }

  /** The savepoint's name in SAVEPOINT or ROLLBACK TO SAVEPOINT; otherwise empty. */
  public String savepoint() {
    int at = skipBlanks(0);
    String word = word(at);
    while (!word.isEmpty() && IN_SAVEPOINTS.contains(word)) {
      at = skipBlanks(at + word.length());
      word = word(at);
    }
    if (at < sql.length() && sql.charAt(at) == '`') {
      return quotedName(at + 1);
    }
    int end = at;
    while (end < sql.length() && sql.charAt(end) > ' ') {
      end++;
    }
    return utf8(sql.substring(at, end));
  }

  private String quotedName(int from) {
    StringBuilder name = new StringBuilder();
    int at = from;
    while (at < sql.length()) {
      boolean quote = sql.charAt(at) == '`';
      if (quote && !sql.startsWith("``", at)) {
        break;
      }
      name.append(sql.charAt(at));
      at += quote ? 2 : 1;
    }
    return utf8(name.toString());
  }

  /** Servers write such statements in UTF-8, regardless of the session's character set. */
  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  public Kind kind() {
    int start = skipBlanks(0);
    String first = word(start);
    int next = skipBlanks(start + first.length());
    return switch (first) {
      case "BEGIN" -> next == sql.length() ? Kind.BEGIN : Kind.OTHER;
      case "COMMIT" -> Kind.COMMIT;
      case "SAVEPOINT" -> Kind.SAVEPOINT;
      case "ROLLBACK" -> rollback(next);
      case "XA" -> xa(word(next));
      default -> Kind.OTHER;
    };
  }

  private Kind rollback(int next) {
    String second = word(next);
    if (second.equals("WORK")) {
      second = word(skipBlanks(next + second.length()));
    }
    return second.equals("TO") ? Kind.ROLLBACK_TO_SAVEPOINT : Kind.ROLLBACK;
  }

  private static Kind xa(String second) {
    return switch (second) {
      case "START", "BEGIN" -> Kind.XA_START;
      case "END" -> Kind.XA_END;
      case "COMMIT" -> Kind.XA_COMMIT;
      case "ROLLBACK" -> Kind.XA_ROLLBACK;
      default -> Kind.OTHER;
    };
  }

  private String word(int start) {
    int end = start;
    while (end < sql.length() && isLetter(sql.charAt(end))) {
      end++;
    }
    return sql.substring(start, end).toUpperCase(Locale.ROOT);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  /**
   * Skips blanks, comments, parentheses and the delimiters of version comments. All keywords needed
   * here are ASCII, so every non-ASCII byte counts as a blank in any character set.
   */
  private int skipBlanks(int from) {
    int at = from;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (isBlank(c) || c == '(') {
        at++;
      } else if (sql.startsWith("/*!", at) || sql.startsWith("/*M!", at)) {
        at = skipDigits(sql.indexOf('!', at) + 1);
      } else if (sql.startsWith("/*", at)) {
        int end = sql.indexOf("*/", at + 2);
        at = end < 0 ? sql.length() : end + 2;
      } else if (sql.startsWith("*/", at)) {
        at += 2;
      } else if (c == '#' || isDashComment(at)) {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? sql.length() : end + 1;
      } else {
        return at;
      }
    }
    return at;
  }

  private boolean isDashComment(int at) {
    return sql.startsWith("--", at) && (at + 2 == sql.length() || isBlank(sql.charAt(at + 2)));
  }

  private static boolean isBlank(char c) {
    return c <= ' ' || c >= 0x7F;
  }

  private int skipDigits(int from) {
    int at = from;
    while (at < sql.length() && sql.charAt(at) >= '0' && sql.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
