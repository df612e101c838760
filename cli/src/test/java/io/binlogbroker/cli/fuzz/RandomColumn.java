package io.binlogbroker.cli.fuzz;

/**
 * A column of a random table.
 *
 * @param attributes after the type, each with a leading space
 * @param generated whether its values are generated
 */
record RandomColumn(
    String name, RandomType type, boolean nullable, String attributes, boolean generated) {
  static RandomColumn plain(String name, RandomType type, boolean nullable) {
    return new RandomColumn(name, type, nullable, nullable ? " NULL" : " NOT NULL", false);
  }

  static RandomColumn generated(String name, RandomType type, String attributes) {
    return new RandomColumn(name, type, true, attributes, true);
  }

  RandomColumn with(String attribute) {
    return new RandomColumn(name, type, nullable, attributes + attribute, generated);
  }

  RandomColumn renamed(String other) {
    return new RandomColumn(other, type, nullable, attributes, generated);
  }

  /** The column after CREATE TABLE ... SELECT. */
  RandomColumn copied() {
    return new RandomColumn(name, type, nullable, nullable ? " NULL" : " NOT NULL", false);
  }

  /** Whether it is VIRTUAL. */
  boolean virtual() {
    return generated && attributes.contains(" VIRTUAL");
  }

  String quoted() {
    return quoted(name);
  }

  static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** As in CREATE TABLE. */
  String definition() {
    return quoted() + " " + type.sql() + attributes;
  }

  /** A literal for it. */
  String value(Dice dice) {
    return nullable && dice.chance(15) ? "NULL" : type.values().apply(dice);
  }

  /** An expression for an update. */
  String edit(Dice dice) {
    return nullable && dice.chance(10) ? "NULL" : type.edit().apply(quoted(), dice);
  }
}
