package io.binlogbroker.cli.fuzz;

import static java.util.stream.Collectors.joining;

import io.binlogbroker.testkit.MysqlVersion;
import java.util.ArrayList;
import java.util.List;

/** Generates statements that change tables. One thread. */
final class RandomDdl {
  private final RandomTables tables;
  private final MysqlVersion version;
  private final Dice dice;
  private final RandomAlter alters;
  private int names;

  RandomDdl(RandomTables tables, MysqlVersion version, Dice dice) {
    this.tables = tables;
    this.version = version;
    this.dice = dice;
    this.alters = new RandomAlter(tables, version, dice);
  }

  /** A change of one or more of the tables. */
  TableChange next(List<RandomTable> all) {
    RandomTable table = dice.oneOf(all);
    return switch (dice.below(20)) {
      case 0 -> new TableChange("TRUNCATE TABLE " + table.path(), List.of(table), List.of(table));
      case 1 -> rename(table);
      case 2 -> swap(table, dice.oneOf(all));
      case 3 -> like(table);
      case 4 -> selected(table);
      case 5 -> all.size() < 6 ? create() : drop(table);
      case 6 -> all.size() > 2 ? drop(table) : create();
      case 7 -> convert(table);
      case 8 -> force(table);
      case 9, 10, 11 -> alters.next(table);
      default -> alter(table);
    };
  }

  TableChange create() {
    return tables.create(tableName());
  }

  /** Creates another table under a previously used name. */
  TableChange createAgain(String name) {
    return tables.create(name);
  }

  private TableChange drop(RandomTable table) {
    return new TableChange("DROP TABLE " + table.path(), List.of(table), List.of());
  }

  private TableChange rename(RandomTable table) {
    RandomTable renamed = table.named(tableName());
    String sql =
        dice.chance(50)
            ? "RENAME TABLE " + table.path() + " TO " + renamed.path()
            : "ALTER TABLE " + table.path() + " RENAME TO " + renamed.path();
    return new TableChange(sql, List.of(table), List.of(renamed));
  }

  /** Like online schema change tools. */
  private TableChange swap(RandomTable one, RandomTable other) {
    if (one.name().equals(other.name())) {
      return rename(one);
    }
    RandomTable aside = one.named(tableName());
    String sql =
        "RENAME TABLE %s TO %s, %s TO %s, %s TO %s"
            .formatted(
                one.path(), aside.path(), other.path(), one.path(), aside.path(), other.path());
    return new TableChange(
        sql, List.of(one, other), List.of(one.named(other.name()), other.named(one.name())));
  }

  private TableChange like(RandomTable table) {
    RandomTable copy = table.named(tableName());
    return new TableChange(
        "CREATE TABLE " + copy.path() + " LIKE " + table.path(), List.of(), List.of(copy));
  }

  /**
   * Servers log it with labels as in SHOW CREATE TABLE, where some characters are question marks.
   */
  private TableChange selected(RandomTable table) {
    if (table.columns().stream().anyMatch(column -> column.type().isLabels())) {
      return like(table);
    }
    String columns = table.columns().stream().map(RandomColumn::quoted).collect(joining(", "));
    RandomTable copy =
        new RandomTable(
            table.schema(),
            tableName(),
            table.columns().stream().map(RandomColumn::copied).toList(),
            true);
    String sql = "CREATE TABLE %s AS SELECT %s FROM %s";
    return new TableChange(
        sql.formatted(copy.path(), columns, table.path()), List.of(), List.of(copy), true);
  }

  /** It damages the labels of an ENUM in some character sets (observed on 8.0.33). */
  private TableChange convert(RandomTable table) {
    if (table.columns().stream().anyMatch(column -> column.type().isLabels())) {
      return force(table);
    }
    String sql = "ALTER TABLE " + table.path() + " CONVERT TO " + tables.texts().anyCharset(dice);
    return new TableChange(sql, List.of(table), List.of(table));
  }

  /** Changes only the table id. */
  private TableChange force(RandomTable table) {
    String sql = dice.chance(50) ? "ALTER TABLE %s FORCE" : "ALTER TABLE %s COMMENT 'x'";
    return new TableChange(sql.formatted(table.path()), List.of(table), List.of(table));
  }

  private TableChange alter(RandomTable table) {
    List<String> parts = new ArrayList<>();
    RandomTable changed = table;
    for (int more = dice.oneOf(1, 1, 1, 2, 3); more > 0; more--) {
      changed = part(changed, parts);
    }
    String sql =
        "ALTER TABLE " + table.path() + " " + String.join(", ", parts) + alters.partitions();
    return new TableChange(sql, List.of(table), List.of(changed));
  }

  private RandomTable part(RandomTable table, List<String> parts) {
    List<RandomColumn> columns = new ArrayList<>(table.columns());
    int index = dice.below(columns.size());
    RandomColumn column = columns.get(index);
    switch (dice.below(columns.size() > 2 ? 5 : 4)) {
      case 0, 1 -> add(table, columns, parts);
      case 2 -> {
        RandomColumn renamed = column.renamed(tables.name());
        columns.set(index, renamed);
        parts.add(renaming(column, renamed));
      }
      case 3 -> {
        RandomType type = tables.type();
        if (!column.generated()) {
          RandomColumn modified =
              dice.chance(40) || !type.takesValuesOf(column.type())
                  ? column
                  : RandomColumn.plain(column.name(), type, dice.chance(75));
          columns.set(index, modified);
          parts.add(
              "MODIFY "
                  + alters.qualifier(table)
                  + modified.definition()
                  + place(table.columns(), modified));
        } else {
          add(table, columns, parts);
        }
      }
      default -> {
        columns.remove(index);
        parts.add("DROP COLUMN " + alters.qualifier(table) + column.quoted());
      }
    }
    return table.with(columns);
  }

  private String renaming(RandomColumn column, RandomColumn renamed) {
    boolean named = version != MysqlVersion.MYSQL_5_7_22;
    return named && dice.chance(40)
        ? "RENAME COLUMN " + column.quoted() + " TO " + renamed.quoted()
        : "CHANGE " + column.quoted() + " " + renamed.definition();
  }

  private void add(RandomTable table, List<RandomColumn> columns, List<String> parts) {
    RandomColumn added = tables.column(columns);
    parts.add("ADD COLUMN " + alters.qualifier(table) + added.definition() + place(columns, added));
    columns.add(added);
  }

  /** Its place is read from the server later. */
  private String place(List<RandomColumn> columns, RandomColumn moved) {
    RandomColumn other = dice.oneOf(columns);
    return switch (dice.below(4)) {
      case 0 -> " FIRST";
      case 1 -> other.name().equals(moved.name()) ? "" : " AFTER " + other.quoted();
      default -> "";
    };
  }

  private String tableName() {
    names++;
    return dice.oneOf("t", "t", "t", "Order ", "表", "t.", "x`", "表ソ", "ż", "é") + names;
  }
}
