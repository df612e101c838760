package io.binlogbroker.engine.relay;

import java.util.regex.Pattern;

/** Shortens DDL for people, without the values in it: defaults, comments, labels. Stateless. */
final class ShortDdl {
  private static final int MAX_CHARACTERS = 200;

  /** What is read of a statement; the rest may have megabytes. */
  private static final int MAX_READ = 4_000;

  /** Possessive, so that a long text takes neither stack nor time; a last one may be cut off. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "'(?:[^'\\\\]|\\\\.|'')*+(?:'|\\\\?$)|\"(?:[^\"\\\\]|\\\\.|\"\")*+(?:\"|\\\\?$)");

  private ShortDdl() {}

  static String of(String sql) {
    String begin = sql.substring(0, Math.min(sql.length(), MAX_READ));
    String text = QUOTED.matcher(begin.replaceAll("\\s+", " ").strip()).replaceAll("'...'");
    return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + " ...";
  }
}
