package io.binlogbroker.cli.fuzz;

/**
 * A column of a random table.
 *
 * @param attributes behind the type, each with a space before it
 * @param generated whether the server makes its values
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

  /** As it comes out of CREATE TABLE ... SELECT. */
  RandomColumn copied() {
    return new RandomColumn(name, type, nullable, nullable ? " NULL" : " NOT NULL", false);
  }

  /** Whether its values are made when they are read. */
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

  /** A literal to write into it. */
  String value(Dice dice) {
    return nullable && dice.chance(15) ? "NULL" : type.values().apply(dice);
  }

  /** An expression to change it to. */
  String edit(Dice dice) {
    return nullable && dice.chance(10) ? "NULL" : type.edit().apply(quoted(), dice);
  }
}
