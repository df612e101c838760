package io.binlogbroker.broker.config.text;

import java.util.BitSet;

/**
 * Turns {@code -- comments} into {@code // comments} of the same length, so that a JSON parser's
 * lines and columns stay true; what stands in strings and in other comments is left alone.
 */
public final class DashComments {
  private final StringBuilder text;
  private final BitSet comments = new BitSet();
  private int at;

  private DashComments(String text) {
    this.text = new StringBuilder(text);
  }

  public static String slashed(String text) {
    return new DashComments(text).slashed();
  }

  /** Which characters are comments of whatever kind, without the ends of their lines. */
  public static BitSet positions(String text) {
    DashComments scan = new DashComments(text);
    scan.slashed();
    return scan.comments;
  }

  private String slashed() {
    while (at < text.length()) {
      step();
    }
    return text.toString();
  }

  private void step() {
    if (text.charAt(at) == '"') {
      skipString();
    } else if (startsWith("--")) {
      text.setCharAt(at, '/');
      text.setCharAt(at + 1, '/');
      skipLine();
    } else if (startsWith("//") || text.charAt(at) == '#') {
      skipLine();
    } else if (startsWith("/*")) {
      skipBlock();
    } else {
      at++;
    }
  }

  /** A string ends at its line's end at the latest: JSON has no longer ones. */
  private void skipString() {
    at++;
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    at++;
  }

  private void skipLine() {
    int end = text.indexOf("\n", at);
    if (end > 0 && text.charAt(end - 1) == '\r') {
      end--;
    }
    skipTo(end < 0 ? text.length() : end);
  }

  private void skipBlock() {
    int end = text.indexOf("*/", at + 2);
    skipTo(end < 0 ? text.length() : end + 2);
  }

  private void skipTo(int end) {
    comments.set(at, end);
    at = end;
  }

  private boolean startsWith(String twoCharacters) {
    return at + 1 < text.length()
        && text.charAt(at) == twoCharacters.charAt(0)
        && text.charAt(at + 1) == twoCharacters.charAt(1);
  }
}
