package io.binlogbroker.cli.fuzz;

import io.binlogbroker.broker.fixture.SelectedAs;
import io.binlogbroker.cli.fuzz.RandomType.KeyUse;

/** Integers, decimals, floating-point numbers, bits, years. */
final class NumberTypes {
  private static final String[] EXTREMES = {
    "0",
    "1",
    "-1",
    "127",
    "-128",
    "255",
    "32767",
    "-32768",
    "65535",
    "8388607",
    "-8388608",
    "16777215",
    "2147483647",
    "-2147483648",
    "4294967295",
    "9223372036854775807",
    "-9223372036854775808",
    "18446744073709551615"
  };

  private NumberTypes() {}

  static RandomType integer(Dice dice) {
    String name = dice.oneOf("TINYINT", "SMALLINT", "MEDIUMINT", "INT", "BIGINT", "BOOL");
    String sign = name.equals("BOOL") ? "" : dice.oneOf("", "", " UNSIGNED", " ZEROFILL");
    return RandomType.of(name + sign, SelectedAs.NUMBER, NumberTypes::integerValue)
        .edited((column, edit) -> edit.chance(30) ? column + " + 1" : integerValue(edit))
        .asKey(KeyUse.WHOLE);
  }

  private static String integerValue(Dice dice) {
    return dice.chance(25) ? dice.oneOf(EXTREMES) : String.valueOf(dice.number());
  }

  static RandomType year(Dice unused) {
    return RandomType.of(
        "YEAR",
        SelectedAs.NUMBER,
        dice -> dice.chance(10) ? "0" : String.valueOf(dice.between(1901, 2155)));
  }

  static RandomType bit(Dice dice) {
    int bits = dice.oneOf(1, 7, 8, 9, 31, 33, 63, 64, dice.between(1, 64));
    return RandomType.of(
            "BIT(" + bits + ")",
            SelectedAs.NUMBER,
            values -> Long.toUnsignedString(values.bits() >>> (64 - bits)))
        .asKey(KeyUse.WHOLE);
  }

  static RandomType decimal(Dice dice) {
    int precision = dice.chance(20) ? 65 : dice.between(1, 65);
    int scale = dice.below(Math.min(30, precision) + 1);
    String unsigned = dice.chance(15) ? " UNSIGNED" : "";
    return RandomType.of(
            "DECIMAL(%d,%d)%s".formatted(precision, scale, unsigned),
            SelectedAs.TEXT,
            values -> decimalValue(precision - scale, scale, values))
        .asKey(KeyUse.WHOLE);
  }

  private static String decimalValue(int whole, int scale, Dice dice) {
    String sign = dice.oneOf("", "-");
    if (dice.chance(15)) {
      return sign + "9".repeat(Math.max(whole, 1)) + (scale == 0 ? "" : "." + "9".repeat(scale));
    }
    String digits = dice.digits(dice.below(whole + 1));
    return sign + "0" + digits + "." + dice.digits(dice.below(scale + 1)) + "0";
  }

  static RandomType floating(Dice dice) {
    if (dice.chance(50)) {
      String sql = dice.oneOf("FLOAT", "FLOAT", "FLOAT UNSIGNED", "FLOAT(7,3)");
      return RandomType.of(sql, SelectedAs.FLOAT, NumberTypes::floatValue);
    }
    String sql = dice.oneOf("DOUBLE", "DOUBLE", "DOUBLE UNSIGNED", "DOUBLE(20,4)");
    return RandomType.of(sql, SelectedAs.DOUBLE, NumberTypes::doubleValue);
  }

  private static String floatValue(Dice dice) {
    float value = Float.intBitsToFloat((int) dice.bits());
    return Float.isFinite(value) ? String.valueOf(value) : dice.oneOf("0.1", "-0.0", "16777216");
  }

  private static String doubleValue(Dice dice) {
    double value = dice.chance(50) ? Double.longBitsToDouble(dice.bits()) : dice.number() / 1000.0;
    return Double.isFinite(value) ? String.valueOf(value) : dice.oneOf("0.1", "5e-324", "1e100");
  }
}
