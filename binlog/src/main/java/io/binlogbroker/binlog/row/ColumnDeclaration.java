package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.row.column.SchemaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parsed column type from information_schema.COLUMNS.COLUMN_TYPE.
 *
 * @param base first word, in lower case
 * @param arguments numbers in parentheses after it
 * @param labels of an ENUM or SET
 * @param unsigned UNSIGNED, or ZEROFILL which implies it
 * @param compressed MariaDB's COMPRESSED
 * @param oldTemporal MariaDB's marker of a temporal format from before 10.1
 */
public record ColumnDeclaration(
    String base,
    List<Integer> arguments,
    List<String> labels,
    boolean unsigned,
    boolean compressed,
    boolean oldTemporal) {
  private static final Pattern HEAD = Pattern.compile("([a-z0-9_]+)\\s*(\\(([^)]*)\\))?(.*)");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  /**
   * @throws SchemaException if the text is not a column type
   */
  public static ColumnDeclaration parse(String columnType) {
    String lower = columnType.toLowerCase(Locale.ROOT);
    if (lower.startsWith("enum(") || lower.startsWith("set(")) {
      String base = lower.startsWith("enum") ? "enum" : "set";
      return new ColumnDeclaration(base, List.of(), labels(columnType), false, false, false);
    }
    Matcher matcher = HEAD.matcher(lower.strip());
    if (!matcher.matches()) {
      throw new SchemaException("Expected a column type but the column list has " + columnType);
    }
    String rest = matcher.group(4);
    return new ColumnDeclaration(
        matcher.group(1),
        matcher.group(3) == null ? List.of() : numbers(matcher.group(3)),
        List.of(),
        rest.contains("unsigned") || rest.contains("zerofill"),
        rest.contains("compressed"),
        rest.contains("mariadb-5.3"));
  }

  private static List<Integer> numbers(String text) {
    List<Integer> numbers = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      numbers.add(Integer.valueOf(matcher.group()));
    }
    return numbers;
  }

  /**
   * Labels are in single quotes, which are doubled inside; backslashes, line breaks and zero bytes
   * are escaped with a backslash (observed on MySQL 5.7.22, 8.0.12, 8.0.33, 9.7, MariaDB 10.11,
   * 11.4).
   */
  private static List<String> labels(String columnType) {
    List<String> labels = new ArrayList<>();
    int at = columnType.indexOf('\'');
    while (at >= 0) {
      StringBuilder label = new StringBuilder();
      at = label(columnType, at + 1, label);
      labels.add(label.toString());
      at = columnType.indexOf('\'', at);
    }
    return labels;
  }

  /** Reads one label, and returns the index after its closing quote. */
  private static int label(String columnType, int from, StringBuilder label) {
    for (int at = from; at < columnType.length(); at++) {
      char next = columnType.charAt(at);
      if (next == '\'' && !columnType.startsWith("''", at)) {
        return at + 1;
      }
      if (next == '\'' || next == '\\') {
        at++;
      }
      label.append(next == '\\' ? unescaped(columnType, at) : next);
    }
    throw new SchemaException("Expected a closing quote in column type " + columnType);
  }

  private static char unescaped(String columnType, int at) {
    char code = at < columnType.length() ? columnType.charAt(at) : ' ';
    return switch (code) {
      case '\\' -> '\\';
      case '0' -> 0;
      case 'n' -> '\n';
      case 'r' -> '\r';
      default ->
          throw new SchemaException(
              "Expected \\\\, \\0, \\n or \\r after a backslash in column type " + columnType);
    };
  }

  /** The n-th number in parentheses, or the default if it is missing. */
  public int argument(int index, int defaultValue) {
    return index < arguments.size() ? arguments.get(index) : defaultValue;
  }
}
