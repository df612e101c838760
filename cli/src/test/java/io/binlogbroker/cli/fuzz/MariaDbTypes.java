package io.binlogbroker.cli.fuzz;

import io.binlogbroker.broker.fixture.SelectedAs;
import io.binlogbroker.cli.fuzz.RandomType.KeyUse;
import java.util.UUID;

/** Types that only MariaDB has. */
final class MariaDbTypes {
  private MariaDbTypes() {}

  static RandomType address(Dice dice) {
    RandomType type =
        switch (dice.below(3)) {
          case 0 -> RandomType.of("UUID", SelectedAs.TEXT, MariaDbTypes::uuid);
          case 1 -> RandomType.of("INET4", SelectedAs.TEXT, MariaDbTypes::inet4);
          default -> RandomType.of("INET6", SelectedAs.TEXT, MariaDbTypes::inet6);
        };
    return type.knownBySchema().asKey(KeyUse.WHOLE);
  }

  static RandomType compressed(Dice dice) {
    int length = dice.oneOf(200, 300, 3000);
    return switch (dice.below(4)) {
      case 0 ->
          RandomType.of("VARCHAR(" + length + ") COMPRESSED", SelectedAs.TEXT, MariaDbTypes::text);
      case 1 -> RandomType.of("MEDIUMTEXT COMPRESSED", SelectedAs.TEXT, MariaDbTypes::text);
      case 2 ->
          RandomType.of(
              "VARBINARY(" + length + ") COMPRESSED", SelectedAs.BINARY, MariaDbTypes::bytes);
      default -> RandomType.of("BLOB COMPRESSED", SelectedAs.BINARY, MariaDbTypes::bytes);
    };
  }

  private static String uuid(Dice dice) {
    long high = dice.chance(10) ? 0 : dice.bits();
    long low = dice.chance(10) ? 0 : dice.bits();
    return "'" + new UUID(high, low) + "'";
  }

  private static String inet4(Dice dice) {
    return "'%d.%d.%d.%d'"
        .formatted(dice.below(256), dice.below(256), dice.below(256), dice.chance(30) ? 0 : 255);
  }

  private static String inet6(Dice dice) {
    return dice.chance(30)
        ? dice.oneOf("'::'", "'::1'", "'::ffff:192.0.2.1'", "'fe80::'", "'1:0:0:2::'")
        : "'2001:db8:%x::%x'".formatted(dice.below(65536), dice.below(65536));
  }

  private static String text(Dice dice) {
    return "REPEAT(" + TextTypes.literal("订é" + dice.digits(3)) + ", " + dice.below(400) + ")";
  }

  private static String bytes(Dice dice) {
    return "REPEAT(" + dice.bytes(3) + ", " + dice.below(700) + ")";
  }
}
