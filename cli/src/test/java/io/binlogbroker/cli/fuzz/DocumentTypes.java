package io.binlogbroker.cli.fuzz;

import io.binlogbroker.broker.fixture.SelectedAs;

/** JSON documents and partial updates. */
final class DocumentTypes {
  private static final String[] KEYS = {"a", "b", "long key", "ключ", "", "k1", "k2", "k3"};

  private DocumentTypes() {}

  static RandomType ofMysql(Dice unused) {
    return ofWhole(unused).edited(DocumentTypes::edit);
  }

  /**
   * Replaced only as a whole: if JSON_REPLACE edits a document in place, MySQL 8.0.12 may log the
   * new document in the before image (seed 119 of this test).
   */
  static RandomType ofWhole(Dice unused) {
    return RandomType.of("JSON", SelectedAs.JSON, DocumentTypes::document);
  }

  /** A text in the log and in SELECT. */
  static RandomType ofMariaDb(Dice unused) {
    return RandomType.of("JSON", SelectedAs.TEXT, DocumentTypes::document)
        .edited(DocumentTypes::edit);
  }

  private static String document(Dice dice) {
    return TextTypes.literal(value(dice, 3));
  }

  private static String value(Dice dice, int depth) {
    if (depth > 0 && dice.chance(70)) {
      return dice.chance(60) ? object(dice, depth) : array(dice, depth);
    }
    return switch (dice.below(7)) {
      case 0 -> dice.oneOf("null", "true", "false");
      case 1 -> dice.oneOf("0.1", "1e100", "-2.5", "0.0", "1.0", "18446744073709551615");
      case 2, 3 -> String.valueOf(dice.number());
      case 4 -> '"' + "y".repeat(dice.oneOf(0, 127, 128, 5_000, 70_000)) + '"';
      default -> "\"订单 😀 " + dice.digits(dice.below(20)) + '"';
    };
  }

  private static String object(Dice dice, int depth) {
    StringBuilder object = new StringBuilder("{");
    for (String key : KEYS) {
      if (dice.chance(40)) {
        object.append(object.length() > 1 ? ", " : "");
        object.append('"').append(key).append("\": ").append(value(dice, depth - 1));
      }
    }
    return object.append('}').toString();
  }

  private static String array(Dice dice, int depth) {
    StringBuilder array = new StringBuilder("[");
    for (int i = dice.below(5); i > 0; i--) {
      array.append(array.length() > 1 ? ", " : "").append(value(dice, depth - 1));
    }
    return array.append(']').toString();
  }

  private static String edit(String column, Dice dice) {
    return switch (dice.below(5)) {
      case 0 -> "JSON_REMOVE(" + column + ", " + path(dice) + ")";
      case 1 -> "JSON_REPLACE(" + column + ", " + path(dice) + ", " + scalar(dice) + ")";
      case 2 ->
          "JSON_SET(%s, %s, %s, %s, %s)"
              .formatted(column, path(dice), scalar(dice), path(dice), scalar(dice));
      case 3 -> "JSON_SET(" + column + ", " + path(dice) + ", " + scalar(dice) + ")";
      default -> document(dice);
    };
  }

  private static String path(Dice dice) {
    String key = "$.\"" + dice.oneOf(KEYS) + '"';
    return "'" + dice.oneOf(key, key, key + "[1]", key + ".\"a\"", "$[0]", "$[9]") + "'";
  }

  private static String scalar(Dice dice) {
    return dice.oneOf("1", "NULL", "'text'", "2.50", "REPEAT('z', 300)", "JSON_ARRAY(1, 'x')");
  }
}
