package io.binlogbroker.cli.fuzz;

import io.binlogbroker.broker.fixture.SelectedAs;
import io.binlogbroker.cli.fuzz.RandomType.KeyUse;

/** Binary strings and geometries. */
final class ByteTypes {
  private ByteTypes() {}

  static RandomType fixed(Dice dice) {
    int length = dice.oneOf(0, 1, 4, 5, 16, 255, dice.between(1, 255));
    RandomType type =
        RandomType.of("BINARY(" + length + ")", SelectedAs.BINARY, values -> upTo(length, values));
    // In MariaDB's log, addresses and UUIDs are the same type.
    boolean ambiguous = length == 4 || length == 16;
    return (ambiguous ? type.knownBySchema() : type).asKey(length == 0 ? KeyUse.NOT : KeyUse.WHOLE);
  }

  static RandomType varying(Dice dice) {
    int length = dice.oneOf(1, 10, 255, 256, dice.between(1, 600));
    return RandomType.of(
            "VARBINARY(" + length + ")", SelectedAs.BINARY, values -> upTo(length, values))
        .asKey(KeyUse.WHOLE);
  }

  static RandomType blob(Dice dice) {
    String name = dice.oneOf("TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB");
    int most = name.equals("TINYBLOB") ? 255 : 3000;
    boolean large = name.equals("MEDIUMBLOB") || name.equals("LONGBLOB");
    return RandomType.of(
            name,
            SelectedAs.BINARY,
            values -> large && values.chance(2) ? huge(values) : upTo(most, values))
        .asKey(KeyUse.PREFIX);
  }

  private static String huge(Dice dice) {
    return "REPEAT(" + dice.bytes(7) + ", " + dice.between(10_000, 300_000) + ")";
  }

  private static String upTo(int most, Dice dice) {
    int length = dice.chance(10) ? most : dice.below(Math.min(most, 40) + 1);
    return length > 100 && dice.chance(50)
        ? "REPEAT(" + dice.bytes(1) + ", " + length + ")"
        : dice.bytes(length);
  }

  static RandomType geometry(Dice dice) {
    String kind = dice.oneOf("POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "GEOMETRYCOLLECTION");
    String declared = dice.chance(40) ? "GEOMETRY" : kind;
    return RandomType.of(declared, SelectedAs.GEOMETRY, values -> shape(kind, values));
  }

  private static String shape(String kind, Dice dice) {
    String text =
        switch (kind) {
          case "POINT" -> "POINT(" + point(dice) + ")";
          case "LINESTRING" -> "LINESTRING(" + points(dice) + ")";
          case "POLYGON" -> "POLYGON((0 0,%1$d 0,%1$d 4,0 0))".formatted(dice.between(1, 99));
          case "MULTIPOINT" -> "MULTIPOINT(" + points(dice) + ")";
          default ->
              "GEOMETRYCOLLECTION(POINT(" + point(dice) + "),LINESTRING(" + points(dice) + "))";
        };
    return "ST_GeomFromText('" + text + "'" + dice.oneOf(")", ", 3857)");
  }

  private static String points(Dice dice) {
    StringBuilder points = new StringBuilder(point(dice));
    for (int more = dice.between(1, 5); more > 0; more--) {
      points.append(',').append(point(dice));
    }
    return points.toString();
  }

  private static String point(Dice dice) {
    return dice.between(-999, 999) / 8.0 + " " + dice.between(-999, 999) / 8.0;
  }
}
