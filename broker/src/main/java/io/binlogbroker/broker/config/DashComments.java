package io.binlogbroker.broker.config;

/**
 * Turns {@code -- comments} into {@code // comments} of the same length, so that a JSON parser's
 * lines and columns stay true; what stands in strings and in other comments is left alone.
 */
final class DashComments {
  private final StringBuilder text;
  private int at;

  private DashComments(String text) {
    this.text = new StringBuilder(text);
  }

  static String slashed(String text) {
    return new DashComments(text).slashed();
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
      text.replace(at, at + 2, "//");
      skipPast("\n");
    } else if (startsWith("//") || text.charAt(at) == '#') {
      skipPast("\n");
    } else if (startsWith("/*")) {
      at += 2;
      skipPast("*/");
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

  private void skipPast(String end) {
    int found = text.indexOf(end, at);
    at = found < 0 ? text.length() : found + end.length();
  }

  private boolean startsWith(String twoCharacters) {
    return at + 1 < text.length()
        && text.charAt(at) == twoCharacters.charAt(0)
        && text.charAt(at + 1) == twoCharacters.charAt(1);
  }
}
