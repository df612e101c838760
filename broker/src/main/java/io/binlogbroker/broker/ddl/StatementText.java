package io.binlogbroker.broker.ddl;

import io.binlogbroker.binlog.row.ClientCharset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The text of a statement: its bytes, and the character set that the session sent them in.
 * Immutable.
 */
public final class StatementText {
  private static final int SHOWN = 200;
  private static final Pattern AS_SHOWN = Pattern.compile("[`\"] \\(\n  [`\"]");

  private final byte[] bytes;
  private final ClientCharset charset;
  private final String decoded;
  private final String brief;

  /**
   * @param bytes which nobody changes from now on
   */
  public StatementText(byte[] bytes, ClientCharset charset) {
    this.bytes = bytes;
    this.charset = charset;
    this.decoded = charset.decode(bytes);
    this.brief = brief(decoded);
  }

  static StatementText of(String sql) {
    return new StatementText(sql.getBytes(StandardCharsets.UTF_8), ClientCharset.UTF8);
  }

  /** One line, cut off. */
  private static String brief(String sql) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < sql.length() && line.length() <= SHOWN; i++) {
      char c = sql.charAt(i);
      boolean blank = c <= ' ' || Character.isWhitespace(c);
      if (!blank) {
        line.append(c);
      } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
        line.append(' ');
      }
    }
    return line.length() <= SHOWN
        ? line.toString().stripTrailing()
        : line.substring(0, SHOWN) + "...";
  }

  /** Whether it looks like SHOW CREATE TABLE, as what servers write by themselves does. */
  public boolean isShownTable() {
    return AS_SHOWN.matcher(decoded).find();
  }

  /** Whether bytes of it are no text in its character set. */
  public boolean isMalformed() {
    return decoded.indexOf('\uFFFD') >= 0;
  }

  /** Not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  ClientCharset charset() {
    return charset;
  }

  String brief() {
    return brief;
  }

  /** As it is meant. */
  @Override
  public String toString() {
    return decoded;
  }
}
