package io.binlogbroker.engine.schema.ddl.sql;

import java.util.Locale;

/**
 * A word, name, text or sign of a statement.
 *
 * @param text of a quoted one, what it stands for
 */
public record Token(Kind kind, String text) {
  public enum Kind {
    /** Not quoted: a keyword, a name, a number. */
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

  /** Keywords are ASCII: the letters that others fold to, such as the Kelvin sign, are none. */
  public boolean isWord(String upper) {
    return kind == Kind.WORD && text.length() == upper.length() && keyword().equals(upper);
  }

  public boolean isSign(char sign) {
    return kind == Kind.SIGN && text.charAt(0) == sign;
  }

  public boolean isNaming() {
    return kind == Kind.WORD || kind == Kind.NAME;
  }

  /** A word as keywords are compared; empty for all else. */
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
