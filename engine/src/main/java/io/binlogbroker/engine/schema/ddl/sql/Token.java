package io.binlogbroker.engine.schema.ddl.sql;

import java.util.Locale;

/**
 * A word, name, text or sign of a statement.
 *
 * @param text the text; of a quoted token, its unescaped value
 */
public record Token(Kind kind, String text) {
  public enum Kind {
    /** Unquoted: a keyword, a name, a number. */
    WORD,
    /** A quoted name. */
    NAME,
    /** A quoted text. */
    TEXT,
    /** One character. */
    SIGN,
    END
  }

  public static final Token END = new Token(Kind.END, "");

  /** Keywords are ASCII: letters that fold to ASCII, such as the Kelvin sign, are not keywords. */
  public boolean isWord(String upper) {
    return kind == Kind.WORD && text.length() == upper.length() && keyword().equals(upper);
  }

  public boolean isSign(char sign) {
    return kind == Kind.SIGN && text.charAt(0) == sign;
  }

  public boolean isNaming() {
    return kind == Kind.WORD || kind == Kind.NAME;
  }

  /** A word in upper case for comparison with keywords; empty for other tokens. */
  public String keyword() {
    return kind == Kind.WORD && isAscii() ? text.toUpperCase(Locale.ROOT) : "";
  }

  private boolean isAscii() {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return kind == Kind.END ? "the end" : "\"" + text + "\"";
  }
}
