package io.binlogbroker.engine.route;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A name or regular expression as the user wrote it.
 *
 * <p>A text of only those characters that a MySQL name may have without quotes is a name, any other
 * a regular expression for the whole name; {@code /.../} makes one of any text.
 */
final class NamePattern {
  private static final Pattern PLAIN = Pattern.compile("[0-9A-Za-z_$\\x{80}-\\x{10FFFF}]+");

  /** Fits every name. */
  static final NamePattern ANY = parse(".*", false);

  private final String text;
  private final boolean ignoreCase;
  private final @Nullable Pattern pattern;

  private NamePattern(String text, boolean ignoreCase, @Nullable Pattern pattern) {
    this.text = text;
    this.ignoreCase = ignoreCase;
    this.pattern = pattern;
  }

  /**
   * Reads a name or regular expression.
   *
   * @throws IllegalArgumentException says what is wrong with the expression
   */
  static NamePattern parse(String text, boolean ignoreCase) {
    if (PLAIN.matcher(text).matches()) {
      return new NamePattern(text, ignoreCase, null);
    }
    boolean forced = text.length() > 2 && text.startsWith("/") && text.endsWith("/");
    String expression = forced ? text.substring(1, text.length() - 1) : text;
    int flags = ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
    try {
      return new NamePattern(text, ignoreCase, Pattern.compile(expression, flags));
    } catch (PatternSyntaxException e) {
      String where = e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1);
      throw new IllegalArgumentException(
          "expected a name or a regular expression, got \"%s\": %s%s%s"
              .formatted(text, e.getDescription(), where, remedy(text)),
          e);
    }
  }

  /** The regular expression that the text means where a shell would read it; empty for no other. */
  String asShellPattern() {
    return pattern == null || text.startsWith("/") ? "" : expressionOf(text);
  }

  private static String expressionOf(String shellPattern) {
    String expression = shellPattern.replaceAll("(?<![.\\])\\]}*])\\*+", ".*");
    return expression.equals(shellPattern) || !isExpression(expression) ? "" : expression;
  }

  /** What a shell's pattern is as a regular expression; empty for what is none. */
  private static String remedy(String text) {
    String expression = text.replaceAll("\\*+", "\0").replace('?', '.').replace("\0", ".*");
    if (expression.equals(text) || !isExpression(expression)) {
      return "";
    }
    return "; fix: write \"" + expression + "\", where .* is any text and . any character";
  }

  private static boolean isExpression(String text) {
    try {
      Pattern.compile(text);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  /** Whether this can fit one name only. */
  boolean isPlain() {
    return pattern == null;
  }

  boolean sameText(NamePattern other) {
    return equalsName(other.text);
  }

  /** Whether the name is this text letter by letter. */
  boolean equalsName(String name) {
    return ignoreCase ? text.equalsIgnoreCase(name) : text.equals(name);
  }

  boolean fits(String name) {
    return equalsName(name) || (pattern != null && pattern.matcher(name).matches());
  }

  @Override
  public String toString() {
    return text;
  }
}
