package io.binlogbroker.engine.schema.ddl.sql;

import io.binlogbroker.binlog.row.ClientCharset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a statement: its bytes, and the character set that the session sent them in, decoded
 * when it is asked for. One thread.
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
   * @param bytes which nobody changes from now on
   */
  public StatementText(byte[] bytes, ClientCharset charset) {
    this.bytes = bytes;
    this.charset = charset;
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

  /** Whether these are the first bytes of a CREATE as servers write it: a cheap look. */
  public static boolean beginsWithCreate(byte[] text) {
    return text.length > CREATE.length
        && Arrays.equals(text, 0, CREATE.length, CREATE, 0, CREATE.length);
  }

  /** Whether it looks like SHOW CREATE TABLE, as what servers write by themselves does. */
  public boolean isShownTable() {
    return AS_SHOWN.matcher(toString()).find();
  }

  /** Whether bytes of it are no text in its character set. */
  public boolean isMalformed() {
    return toString().indexOf('\uFFFD') >= 0;
  }

  /** Not to be changed. */
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

  /** As it is meant. */
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
