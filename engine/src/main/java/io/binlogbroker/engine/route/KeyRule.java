package io.binlogbroker.engine.route;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the message key of a row is built.
 *
 * @param columns the names as configured, in key order, case-insensitive as in MySQL; empty unless
 *     the kind is {@link Kind#COLUMNS}
 */
public record KeyRule(Kind kind, List<String> columns) {
  /** The default rule. */
  public static final KeyRule TABLE_NAME = new KeyRule(Kind.TABLE_NAME, List.of());

  public static final KeyRule PRIMARY_KEY = new KeyRule(Kind.PRIMARY_KEY, List.of());

  private static final String PRIMARY_KEY_WORD = "@pk";

  /** The three kinds of keys. */
  public enum Kind {
    TABLE_NAME,
    COLUMNS,
    PRIMARY_KEY
  }

  public KeyRule {
    columns = List.copyOf(columns);
  }

  /**
   * Reads {@code usr_id}, {@code a,b} or {@code @pk}; null means the table's name.
   *
   * @throws IllegalArgumentException with the expected syntax
   */
  static KeyRule parse(@Nullable String text) {
    if (text == null) {
      return TABLE_NAME;
    }
    if (text.strip().equalsIgnoreCase(PRIMARY_KEY_WORD)) {
      return PRIMARY_KEY;
    }
    List<String> columns = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    if (columns.stream().anyMatch(column -> column.isEmpty() || column.startsWith("@"))) {
      throw new IllegalArgumentException(
          "expected a column, several as \"a,b\", or \"@pk\", got \"" + text + "\"");
    }
    if (new HashSet<>(lower(columns)).size() < columns.size()) {
      throw new IllegalArgumentException("expected each column once, got \"" + text + "\"");
    }
    return new KeyRule(Kind.COLUMNS, columns);
  }

  private static List<String> lower(List<String> names) {
    return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  @Override
  public String toString() {
    return switch (kind) {
      case TABLE_NAME -> "table name";
      case COLUMNS -> String.join(",", columns);
      case PRIMARY_KEY -> "primary key";
    };
  }
}
