package io.binlogbroker.binlog.event;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement in the log: BEGIN and its like, DDL, or a change in statement format. The text is
 * taken as ISO-8859-1, which leaves its ASCII words as they are in every client character set.
 */
public final class QueryEvent {
  /** What a statement means to a reader of rows. */
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
    /** INSERT and its like in statement format: rows that the log does not show. */
    CHANGE,
    /** Everything else: DDL, GRANT, and what a server writes for itself. */
    OTHER
  }

  /** A SELECT is logged for a stored function that changes rows. */
  private static final Set<String> CHANGES =
      Set.of("INSERT", "UPDATE", "DELETE", "REPLACE", "LOAD", "CALL", "WITH", "SELECT", "DO");

  /** File id, where its name starts and ends, what to do with duplicates. */
  private static final int FIELDS_OF_LOAD = 13;

  private static final Pattern SET_STATEMENT =
      Pattern.compile(
          "SET\\s+STATEMENT\\s.*?\\sFOR\\s+(\\w+)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern SAVEPOINT =
      Pattern.compile(
          "(?:SAVEPOINT|ROLLBACK\\s+(?:WORK\\s+)?TO(?:\\s+SAVEPOINT)?)\\s+(`.+`|[^`\\s]+)\\s*$",
          Pattern.CASE_INSENSITIVE);

  private final String schema;
  private final String sql;

  private QueryEvent(String schema, String sql) {
    this.schema = schema;
    this.sql = sql;
  }

  public static QueryEvent read(ByteReader body) {
    String schema = schema(body, 0);
    return new QueryEvent(schema, sql(body));
  }

  /** The statement of a LOAD DATA in statement format, whose file went before it. */
  public static QueryEvent readLoad(ByteReader body) {
    String schema = schema(body, FIELDS_OF_LOAD);
    return new QueryEvent(schema, sql(body));
  }

  /** MariaDB's compressed form, whose statement is a compressed block. */
  public static QueryEvent readCompressed(ByteReader body, CompressedBlock block) {
    String schema = schema(body, 0);
    return new QueryEvent(schema, sql(block.inflate(body)));
  }

  /** Reads up to the statement: fixed fields and status variables tell nothing that is needed. */
  private static String schema(ByteReader body, int moreFields) {
    body.skip(8);
    int length = body.u8();
    body.skip(2);
    int variables = body.u16();
    body.skip(moreFields + variables);
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

  /** All that the statement may change: its default schema, and whatever it names before a dot. */
  public Set<String> schemas() {
    Set<String> schemas = new LinkedHashSet<>();
    schemas.add(schema);
    schemas.addAll(NamedSchemas.in(sql));
    return schemas;
  }

  public String sql() {
    return sql;
  }

  /** First word of the statement, upper case, comments passed over. */
  public String firstWord() {
    return word(skipBlanks(0));
  }

  /**
   * The transaction that an XA statement is about.
   *
   * @throws MalformedBytesException for any other statement
   */
  public Xid xid() {
    return Xid.ofStatement(sql);
  }

  /** Name of the savepoint that a SAVEPOINT or ROLLBACK TO SAVEPOINT is about; else empty. */
  public String savepoint() {
    Matcher named = SAVEPOINT.matcher(sql);
    if (!named.lookingAt()) {
      return "";
    }
    String name = named.group(1).strip();
    return name.startsWith("`") ? name.substring(1, name.length() - 1).replace("``", "`") : name;
  }

  public Kind kind() {
    int start = skipBlanks(0);
    String first = word(start);
    return switch (first) {
      case "BEGIN" -> Kind.BEGIN;
      case "COMMIT" -> Kind.COMMIT;
      case "SAVEPOINT" -> Kind.SAVEPOINT;
      case "ROLLBACK" -> rollback(start + first.length());
      case "XA" -> xa(word(skipBlanks(start + first.length())));
      case "SET" -> set(start);
      default -> CHANGES.contains(first) ? Kind.CHANGE : Kind.OTHER;
    };
  }

  private Kind rollback(int behindWord) {
    int next = skipBlanks(behindWord);
    String second = word(next);
    if (second.equals("WORK")) {
      second = word(skipBlanks(next + second.length()));
    }
    return second.equals("TO") ? Kind.ROLLBACK_TO_SAVEPOINT : Kind.ROLLBACK;
  }

  /** MariaDB can set variables for a single statement, which is then all one text. */
  private Kind set(int start) {
    Matcher matcher = SET_STATEMENT.matcher(sql).region(start, sql.length());
    return matcher.lookingAt() && CHANGES.contains(matcher.group(1).toUpperCase(Locale.ROOT))
        ? Kind.CHANGE
        : Kind.OTHER;
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

  /** Passes over blanks, comments, parentheses, and what surrounds a versioned comment's text. */
  private int skipBlanks(int from) {
    int at = from;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c) || c == '(') {
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
    return sql.startsWith("--", at)
        && (at + 2 == sql.length() || Character.isWhitespace(sql.charAt(at + 2)));
  }

  private int skipDigits(int from) {
    int at = from;
    while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
      at++;
    }
    return at;
  }
}
