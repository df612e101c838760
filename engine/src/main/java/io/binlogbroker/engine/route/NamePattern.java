package io.binlogbroker.engine.route;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A name or regular expression as configured.
 *
 * <p>A text of only the characters of an unquoted MySQL name is a name, any other text a regular
 * expression for the whole name; {@code /.../} makes any text a regular expression.
 */
final class NamePattern {
  private static final Pattern PLAIN = Pattern.compile("[0-9A-Za-z_$\\x{80}-\\x{10FFFF}]+");

  /** Matches every name. */
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
   * @throws IllegalArgumentException with the fault of the expression
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
              .formatted(text, e.getDescription(), where, hint(text)),
          e);
    }
  }

  /** The regular expression for the text read as a shell pattern; empty if that is the same. */
  String asShellPattern() {
    return pattern == null || text.startsWith("/") ? "" : expressionOf(text);
  }

  private static String expressionOf(String shellPattern) {
    String expression = shellPattern.replaceAll("(?<![.\\])\\]}*])\\*+", ".*");
    return expression.equals(shellPattern) || !isExpression(expression) ? "" : expression;
  }

  /** A hint with the regular expression for a shell pattern; empty if it is none. */
  private static String hint(String text) {
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

  /** Whether this matches exactly one name. */
  boolean isPlain() {
    return pattern == null;
  }

  boolean sameText(NamePattern other) {
    return equalsName(other.text);
  }

  /** Whether the name equals this text. */
  boolean equalsName(String name) {
    return ignoreCase ? text.equalsIgnoreCase(name) : text.equals(name);
  }

  boolean matches(String name) {
    return equalsName(name) || (pattern != null && pattern.matcher(name).matches());
  }

  @Override
  public String toString() {
    return text;
  }
}
