package io.binlogbroker.broker.config.text;

import java.util.BitSet;

/**
 * Turns {@code -- comments} into {@code // comments} of the same length, so that line and column
 * numbers stay the same; strings and other comments are unchanged.
 */
public final class DashComments {
  private final StringBuilder text;
  private final BitSet comments = new BitSet();
  private int at;

  private DashComments(String text) {
    this.text = new StringBuilder(text);
  }

  static String withSlashes(String text) {
    return new DashComments(text).withSlashes();
  }

  /** The characters that belong to comments of any kind, without line ends. */
  public static BitSet positions(String text) {
    DashComments scan = new DashComments(text);
    scan.withSlashes();
    return scan.comments;
  }

  private String withSlashes() {
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

  /** A string ends at the end of the line at the latest, as JSON has no multi-line strings. */
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
