package io.binlogbroker.engine.route;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the partition key of a row is made of.
 *
 * @param columns the names as the user wrote them, in the key's order, to be compared ignoring case
 *     as MySQL does; empty unless the kind is {@link Kind#COLUMNS}
 */
public record KeyRule(Kind kind, List<String> columns) {
  /** The rule where the user gave none. */
  public static final KeyRule TABLE_NAME = new KeyRule(Kind.TABLE_NAME, List.of());

  public static final KeyRule PRIMARY_KEY = new KeyRule(Kind.PRIMARY_KEY, List.of());

  private static final String PRIMARY_KEY_WORD = "@pk";

  /** The three sources a key can have. */
  public enum Kind {
    TABLE_NAME,
    COLUMNS,
    PRIMARY_KEY
  }

  public KeyRule {
    columns = List.copyOf(columns);
  }

  /**
   * Reads {@code usr_id}, {@code a,b} or {@code @pk}; null is the table's name.
   *
   * @throws IllegalArgumentException says what was expected
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
