package io.binlogbroker.cli.fuzz;

import io.binlogbroker.broker.fixture.SelectedAs;
import io.binlogbroker.cli.fuzz.RandomType.KeyUse;

/** Dates and times with all precisions. */
final class TemporalTypes {
  private TemporalTypes() {}

  static RandomType any(Dice dice) {
    int digits = dice.below(7);
    return switch (dice.below(4)) {
      case 0 -> RandomType.of("DATE", SelectedAs.TEXT, TemporalTypes::date).asKey(KeyUse.WHOLE);
      case 1 ->
          RandomType.of("DATETIME(" + digits + ")", SelectedAs.TEXT, TemporalTypes::dateTime)
              .asKey(KeyUse.WHOLE);
      case 2 ->
          RandomType.of(
              "TIMESTAMP(" + digits + ")", SelectedAs.TIMESTAMP, TemporalTypes::timestamp);
      default ->
          RandomType.of("TIME(" + digits + ")", SelectedAs.TEXT, TemporalTypes::time)
              .asKey(KeyUse.WHOLE);
    };
  }

  private static String date(Dice dice) {
    if (dice.chance(15)) {
      return dice.oneOf("'0000-00-00'", "'9999-12-31'", "'2024-02-29'", "'2020-00-00'");
    }
    return "'" + day(dice, 1, 9999) + "'";
  }

  private static String dateTime(Dice dice) {
    if (dice.chance(15)) {
      return dice.oneOf(
          "'0000-00-00 00:00:00'", "'9999-12-31 23:59:59.4'", "'1000-01-01 00:00:00'");
    }
    return "'" + day(dice, 1, 9998) + " " + clock(dice) + "'";
  }

  /** Within the range of TIMESTAMP. */
  private static String timestamp(Dice dice) {
    if (dice.chance(15)) {
      return dice.oneOf("'0000-00-00 00:00:00'", "'1970-01-01 00:00:01'", "'2038-01-19 03:14:07'");
    }
    return "'" + day(dice, 1971, 2037) + " " + clock(dice) + "'";
  }

  private static String time(Dice dice) {
    if (dice.chance(15)) {
      return dice.oneOf("'-838:59:59'", "'838:59:59'", "'00:00:00'", "'-00:00:00.000001'");
    }
    return "'%s%d:%02d:%02d.%s'"
        .formatted(
            dice.oneOf("", "-"), dice.below(838), dice.below(60), dice.below(60), dice.digits(6));
  }

  private static String day(Dice dice, int firstYear, int lastYear) {
    return "%04d-%02d-%02d"
        .formatted(dice.between(firstYear, lastYear), dice.between(1, 12), dice.between(1, 28));
  }

  private static String clock(Dice dice) {
    return "%02d:%02d:%02d.%s"
        .formatted(dice.below(24), dice.below(60), dice.below(60), dice.digits(6));
  }
}
