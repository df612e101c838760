package io.binlogbroker.cli.fuzz;

import io.binlogbroker.broker.fixture.SelectedAs;
import io.binlogbroker.cli.fuzz.RandomType.KeyUse;
import io.binlogbroker.testkit.MysqlVersion;
import java.util.ArrayList;
import java.util.List;

/** Generates tables and columns. One thread. */
final class RandomTables {
  private final RandomTypes types;
  private final MysqlVersion version;
  private final String schema;
  private final Dice dice;
  private int names;

  RandomTables(RandomTypes types, MysqlVersion version, String schema, Dice dice) {
    this.types = types;
    this.version = version;
    this.schema = schema;
    this.dice = dice;
  }

  /** A CREATE TABLE statement and its table. */
  TableChange create(String name) {
    List<RandomColumn> columns = new ArrayList<>();
    String key = addKey(columns);
    for (int more = dice.between(columns.isEmpty() ? 1 : 0, 9); more > 0; more--) {
      columns.add(column(columns));
    }
    boolean transactional = !dice.chance(8);
    RandomTable table = new RandomTable(schema, name, columns, transactional);
    return new TableChange(
        "CREATE TABLE "
            + table.path()
            + " ("
            + definitions(columns, key)
            + ")"
            + options(table, key),
        List.of(),
        List.of(table));
  }

  private static String definitions(List<RandomColumn> columns, String key) {
    List<String> parts = new ArrayList<>(columns.stream().map(RandomColumn::definition).toList());
    if (!key.isEmpty()) {
      parts.add(key);
    }
    return String.join(", ", parts);
  }

  private String options(RandomTable table, String key) {
    StringBuilder options = new StringBuilder();
    if (!table.transactional()) {
      options.append(" ENGINE=MyISAM");
    }
    if (dice.chance(30)) {
      options.append(" DEFAULT ").append(types.texts().anyCharset(dice));
    }
    if (key.startsWith("PRIMARY") && table.transactional() && dice.chance(10)) {
      options.append(" PARTITION BY KEY() PARTITIONS 3");
    }
    return options.toString();
  }

  private String addKey(List<RandomColumn> columns) {
    int parts = dice.oneOf(0, 1, 1, 1, 2, 3);
    if (parts == 0) {
      return "";
    }
    List<String> key = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      RandomType type = dice.chance(50) ? NumberTypes.integer(dice) : types.ofKey(dice);
      RandomColumn column = RandomColumn.plain(name(), type, false);
      columns.add(column);
      boolean prefix = type.key() == KeyUse.PREFIX;
      key.add(column.quoted() + (prefix ? "(" + dice.between(3, 20) + ")" : ""));
    }
    String kind = dice.chance(85) ? "PRIMARY KEY" : "UNIQUE KEY u";
    return kind + " (" + String.join(", ", key) + ")";
  }

  /**
   * A new column.
   *
   * @param others that it may be generated from
   */
  RandomColumn column(List<RandomColumn> others) {
    List<RandomColumn> numbers =
        others.stream()
            .filter(other -> !other.generated() && other.type().as() == SelectedAs.NUMBER)
            .toList();
    if (!numbers.isEmpty() && dice.chance(6)) {
      return generated(dice.oneOf(numbers));
    }
    RandomColumn plain = RandomColumn.plain(name(), types.any(dice), dice.chance(75));
    RandomColumn column = dice.chance(12) ? plain.with(attribute(plain.type())) : plain;
    boolean hides = version == MysqlVersion.MYSQL_8_0_33 || version.isMariaDb();
    return hides && column.nullable() && !others.isEmpty() && dice.chance(5)
        ? column.with(" INVISIBLE")
        : column;
  }

  /** With words that are keywords elsewhere. */
  private String attribute(RandomType type) {
    String value = "CASE WHEN 1 THEN 1 ELSE NULL END";
    boolean number = type.as() == SelectedAs.NUMBER && dice.chance(60);
    if (number && version.isMariaDb()) {
      return " DEFAULT " + value;
    }
    return number && version == MysqlVersion.MYSQL_8_0_33
        ? " DEFAULT (" + value + ")"
        : " COMMENT 'NULL, PRIMARY KEY (x) FIRST'";
  }

  private RandomColumn generated(RandomColumn from) {
    RandomType type =
        RandomType.of("VARCHAR(80) CHARACTER SET utf8mb4", SelectedAs.TEXT, unused -> "DEFAULT");
    String expression = " AS (CONCAT('v', " + from.quoted() + "))";
    return RandomColumn.generated(name(), type, expression + dice.oneOf(" VIRTUAL", " STORED"));
  }

  RandomType type() {
    return types.any(dice);
  }

  TextTypes texts() {
    return types.texts();
  }

  /** A new column name; some are unusual. */
  String name() {
    names++;
    return dice.oneOf(
            "c", "c", "c", "C_", "col ", "名", "select", "q\"", "b`", "a.", "é'", "x,\\", "ソ", "żŁ",
            "яЖ", "éü")
        + names;
  }
}
