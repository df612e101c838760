package io.binlogbroker.cli.fuzz;

import io.binlogbroker.broker.fixture.SelectedAs;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A column type with its values.
 *
 * @param sql as in CREATE TABLE
 * @param values creates a SQL literal
 * @param edit creates an expression that changes the column with the given quoted name
 * @param key how it may be part of an index
 * @param fromSchema whether a log with full metadata does not describe it completely
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
   * Whether ALTER converts values of another type to valid values of this one. Bytes may be invalid
   * in a character set, and SELECT's result for such a text is undefined.
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

  /** Only information_schema describes it. */
  RandomType knownBySchema() {
    return new RandomType(sql, as, values, edit, key, true);
  }
}
