package io.binlogbroker.cli.fuzz;

import io.binlogbroker.broker.SelectedAs;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A column type with its values.
 *
 * @param sql as in CREATE TABLE
 * @param values makes a SQL literal
 * @param edit makes an expression that changes a column of the given, quoted name
 * @param key how it may stand in an index
 * @param fromSchema whether a log with full metadata does not say all about it
 */
record RandomType(
    String sql,
    SelectedAs as,
    Function<Dice, String> values,
    BiFunction<String, Dice, String> edit,
    KeyUse key,
    boolean fromSchema) {
  /** How a column may be part of an index. */
  enum KeyUse {
    WHOLE,
    PREFIX,
    NOT
  }

  static RandomType of(String sql, SelectedAs as, Function<Dice, String> values) {
    return new RandomType(sql, as, values, (column, dice) -> values.apply(dice), KeyUse.NOT, false);
  }

  boolean isLabels() {
    return sql.startsWith("ENUM") || sql.startsWith("SET");
  }

  /**
   * Whether ALTER makes good values of this type from those of another. Bytes may be no text in a
   * character set, and what SELECT shows of such a text is nobody's truth.
   */
  boolean takesValuesOf(RandomType other) {
    boolean bytes =
        other.as == SelectedAs.BINARY
            || other.as == SelectedAs.GEOMETRY
            || other.sql.startsWith("BIT");
    return as != SelectedAs.TEXT || !bytes;
  }

  RandomType edited(BiFunction<String, Dice, String> edit) {
    return new RandomType(sql, as, values, edit, key, fromSchema);
  }

  RandomType asKey(KeyUse use) {
    return new RandomType(sql, as, values, edit, use, fromSchema);
  }

  /** Only information_schema tells what it is. */
  RandomType knownBySchema() {
    return new RandomType(sql, as, values, edit, key, true);
  }
}
