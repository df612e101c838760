package io.binlogbroker.engine.schema.ddl.sql;

import io.binlogbroker.binlog.row.text.ClientCharset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a statement: its bytes and the session's character set; decoded on first use. One
 * thread.
 */
public final class StatementText {
  private static final int SHOWN = 200;
  private static final byte[] CREATE = "CREATE ".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern AS_SHOWN = Pattern.compile("[`\"] \\(\n  [`\"]");

  private final byte[] bytes;
  private final ClientCharset charset;
  private @Nullable String decoded;
  private @Nullable String brief;

  /**
   * @param bytes must not be changed afterwards
   */
  public StatementText(byte[] bytes, ClientCharset charset) {
    this.bytes = bytes;
    this.charset = charset;
  }

  static StatementText of(String sql) {
    return new StatementText(sql.getBytes(StandardCharsets.UTF_8), ClientCharset.UTF8);
  }

  /** One line, truncated. */
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

  /** Whether it starts with a CREATE as servers write it: a cheap check. */
  public static boolean startsWithCreate(byte[] text) {
    return text.length > CREATE.length
        && Arrays.equals(text, 0, CREATE.length, CREATE, 0, CREATE.length);
  }

  /** Whether it looks like SHOW CREATE TABLE's output, as statements written by the server do. */
  public boolean isShownTable() {
    return AS_SHOWN.matcher(toString()).find();
  }

  /** Whether its bytes are invalid in its character set. */
  public boolean isMalformed() {
    return toString().indexOf('\uFFFD') >= 0;
  }

  /** Must not be changed. */
  byte[] bytes() {
    return bytes;
  }

  ClientCharset charset() {
    return charset;
  }

  String brief() {
    String known = brief;
    if (known == null) {
      known = brief(toString());
      brief = known;
    }
    return known;
  }

  /** The decoded text. */
  @Override
  public String toString() {
    String known = decoded;
    if (known == null) {
      known = charset.decode(bytes);
      decoded = known;
    }
    return known;
  }
}
