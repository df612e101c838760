package io.binlogbroker.engine.event;

import java.util.regex.Pattern;

/**
 * Shortens DDL for people, without the values in it: defaults, labels, texts of comments. Comments
 * of SQL are left out. Whatever the SQL mode, nothing inside quotes or a comment is shown, except
 * for names in backticks: where the end of a text is not certain, so is the end of what is shown.
 * Belongs to one call.
 */
public final class ShortDdl {
  private static final int MAX_CHARACTERS = 200;

  /** What is read of a statement; the rest may have megabytes. */
  private static final int MAX_READ = 4_000;

  private static final String HIDDEN = "'...'";

  /** With a sign that would make the comment's end depend on whether the text is executed. */
  private static final Pattern EXECUTED =
      Pattern.compile("/\\*(?:M?!|\\+)(?s:.*?)(?:['\"`#]|--|/\\*)");

  private final String sql;
  private final StringBuilder line = new StringBuilder();
  private int at;

  private ShortDdl(String sql) {
    this.sql = sql;
  }

  public static String of(String sql) {
    ShortDdl ddl = new ShortDdl(sql.substring(0, Math.min(sql.length(), MAX_READ)));
    boolean certain = true;
    while (certain && ddl.hasMore()) {
      certain = ddl.readNext();
    }
    boolean whole = certain && ddl.at == sql.length() && ddl.line.length() <= MAX_CHARACTERS;
    String text = ddl.line.toString().strip();
    return whole ? text : text.substring(0, Math.min(text.length(), MAX_CHARACTERS)) + " ...";
  }

  private boolean hasMore() {
    return at < sql.length() && line.length() <= MAX_CHARACTERS;
  }

  /** Reads a comment, a value, a name or a character; false where its end is not certain. */
  private boolean readNext() {
    char c = sql.charAt(at);
    if (c == '\'' || c == '"') {
      line.append(HIDDEN);
      return skipQuoted(c);
    }
    if (c == '`') {
      copyName();
      return true;
    }
    if (c == '#' || sql.startsWith("--", at)) {
      return skipLine(c);
    }
    if (sql.startsWith("/*", at)) {
      return skipComment();
    }
    if (isHexOrBits()) {
      line.append(HIDDEN);
      skipWord();
      return true;
    }
    copy(c);
    return true;
  }

  private void copy(char c) {
    if (isBlank(c)) {
      blank();
    } else {
      line.append(c);
    }
    at++;
  }

  private void blank() {
    if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
      line.append(' ');
    }
  }

  /**
   * The end depends on the SQL mode where a backslash precedes a quote: it escapes it, except with
   * NO_BACKSLASH_ESCAPES and in names with ANSI_QUOTES.
   */
  private boolean skipQuoted(char quote) {
    int end = at + 1;
    while (end < sql.length()) {
      char c = sql.charAt(end);
      if (c == quote && !isAt(end + 1, quote)) {
        at = end + 1;
        return true;
      }
      if (c == '\\' && isAt(end + 1, quote)) {
        return false;
      }
      end += c == quote || c == '\\' ? 2 : 1;
    }
    at = sql.length();
    return true;
  }

  /** A name in backticks, in which a backtick is doubled and a backslash is nothing special. */
  private void copyName() {
    int end = at + 1;
    while (end < sql.length() && (sql.charAt(end) != '`' || isAt(end + 1, '`'))) {
      end += sql.charAt(end) == '`' ? 2 : 1;
    }
    int after = Math.min(end + 1, sql.length());
    line.append(sql, at, after);
    at = after;
  }

  /**
   * Two minus signs begin a comment before a blank; which ones are blanks depends on the charset.
   */
  private boolean skipLine(char first) {
    if (first == '-' && at + 2 < sql.length() && sql.charAt(at + 2) > ' ') {
      boolean certain = sql.charAt(at + 2) < 0x7F;
      copy('-');
      return certain;
    }
    skipTo("\n", at + 1);
    return true;
  }

  /**
   * The server executes the text in some comments, depending on its version: then quotes in it may
   * contain the sign that ends the comment, otherwise they are nothing special.
   */
  private boolean skipComment() {
    int begin = at;
    skipTo("*/", at + 2);
    return !EXECUTED.matcher(sql).region(begin, at).lookingAt();
  }

  private void skipTo(String sign, int from) {
    int end = sql.indexOf(sign, from);
    at = end < 0 ? sql.length() : end + sign.length();
    blank();
  }

  private boolean isHexOrBits() {
    boolean starts = at == 0 || !isWord(sql.charAt(at - 1));
    return starts && sql.charAt(at) == '0' && (isAt(at + 1, 'x') || isAt(at + 1, 'b'));
  }

  private void skipWord() {
    while (at < sql.length() && isWord(sql.charAt(at))) {
      at++;
    }
  }

  private boolean isAt(int index, char c) {
    return index < sql.length() && sql.charAt(index) == c;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  private static boolean isBlank(char c) {
    return c <= ' ' || Character.isWhitespace(c);
  }
}
