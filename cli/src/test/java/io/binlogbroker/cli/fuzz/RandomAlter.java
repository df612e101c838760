package io.binlogbroker.cli.fuzz;

import io.binlogbroker.testkit.MysqlVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * Generates ALTER TABLE statements with clauses that affect each other: columns that move after
 * others that move later, CONVERT TO with explicit character sets, columns that are added and
 * modified. One thread.
 */
final class RandomAlter {
  private final RandomTables tables;
  private final MysqlVersion version;
  private final Dice dice;

  RandomAlter(RandomTables tables, MysqlVersion version, Dice dice) {
    this.tables = tables;
    this.version = version;
    this.dice = dice;
  }

  TableChange next(RandomTable table) {
    return switch (dice.below(version.isMariaDb() ? 3 : 2)) {
      case 0 -> moves(table);
      case 1 -> besideConvert(table);
      default -> addedAndModified(table);
    };
  }

  /** The server's order is read later. */
  private TableChange moves(RandomTable table) {
    List<RandomColumn> left = new ArrayList<>(table.writable());
    List<String> parts = new ArrayList<>();
    for (int more = dice.between(2, 4); more > 0 && !left.isEmpty(); more--) {
      RandomColumn moved = left.remove(dice.below(left.size()));
      parts.add("MODIFY " + qualifier(table) + moved.definition() + place(table, moved));
    }
    return change(table, parts, table.columns());
  }

  private String place(RandomTable table, RandomColumn moved) {
    RandomColumn other = dice.oneOf(table.columns());
    boolean first = dice.chance(25) || other.name().equals(moved.name());
    return first ? " FIRST" : " AFTER " + other.quoted();
  }

  private TableChange besideConvert(RandomTable table) {
    if (table.columns().stream().anyMatch(column -> column.type().isLabels())) {
      return moves(table);
    }
    List<String> parts = new ArrayList<>();
    List<RandomColumn> columns = new ArrayList<>(table.columns());
    modify(columns, parts);
    for (int more = dice.below(3); more > 0; more--) {
      RandomColumn added = RandomColumn.plain(tables.name(), textOrBytes(), dice.chance(75));
      parts.add("ADD COLUMN " + added.definition());
      columns.add(added);
    }
    String convert = "CONVERT TO " + tables.texts().anyCharset(dice);
    parts.add(dice.below(parts.size() + 1), convert);
    return change(table, parts, columns);
  }

  private void modify(List<RandomColumn> columns, List<String> parts) {
    int index = dice.below(columns.size());
    RandomColumn before = columns.get(index);
    RandomType type = textOrBytes();
    boolean fits = type.takesValuesOf(before.type()) && isSizeKnown(before);
    if (!before.generated() && fits) {
      RandomColumn modified = RandomColumn.plain(before.name(), type, dice.chance(75));
      columns.set(index, modified);
      parts.add("MODIFY " + modified.definition());
    }
  }

  /** MySQL 8 sizes a TEXT by the old column, which is known only for text and binary columns. */
  private boolean isSizeKnown(RandomColumn before) {
    return version != MysqlVersion.MYSQL_8_0_33
        || before.type().sql().matches("(VAR)?(CHAR|BINARY)\\(.*|[A-Z]*(TEXT|BLOB)\\b.*");
  }

  private RandomType textOrBytes() {
    return dice.chance(75) ? tables.texts().text(dice) : ByteTypes.blob(dice);
  }

  private TableChange addedAndModified(RandomTable table) {
    RandomColumn added = RandomColumn.plain(tables.name(), tables.type(), true);
    RandomColumn modified = RandomColumn.plain(added.name(), tables.type(), dice.chance(75));
    List<RandomColumn> columns = new ArrayList<>(table.columns());
    columns.add(modified);
    List<String> parts =
        List.of(
            "ADD " + qualifier(table) + added.definition() + place(table, added),
            "MODIFY " + modified.definition() + (dice.chance(50) ? place(table, added) : ""));
    return change(table, parts, columns);
  }

  /** MySQL 8 accepts none. */
  String qualifier(RandomTable table) {
    boolean taken = version.isMariaDb() || version == MysqlVersion.MYSQL_5_7_22;
    return taken && dice.chance(20) ? RandomColumn.quoted(table.name()) + "." : "";
  }

  /** Options after the last clause, which are often refused. */
  String partitions() {
    return switch (dice.below(20)) {
      case 0, 1 -> " PARTITION BY KEY () PARTITIONS 2";
      case 2 -> " REMOVE PARTITIONING";
      default -> "";
    };
  }

  private TableChange change(RandomTable table, List<String> parts, List<RandomColumn> columns) {
    String sql = "ALTER TABLE " + table.path() + " " + String.join(", ", parts) + partitions();
    return new TableChange(sql, List.of(table), List.of(table.with(columns)));
  }
}
