package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order in which servers store a table's unique keys, and the row identity that follows from
 * it. Stateless.
 */
final class TableKeys {
  /** MariaDB creates longer keys over a hash (InnoDB's limit for the default page size). */
  private static final int LONGEST = 3_072;

  private TableKeys() {}

  /**
   * The columns of the key that the server logs as the primary key: the first key, if that is the
   * primary key or a unique key over whole NOT NULL columns.
   */
  static List<String> identity(List<TableKey> keys, List<ColumnSchema> columns) {
    boolean known = !keys.isEmpty() && keys.get(0).identifies(columns);
    return known ? keys.get(0).columns() : List.of();
  }

  /**
   * Primary key first, then NOT NULL, whole columns, no expressions; otherwise in the given order.
   */
  static List<TableKey> sorted(List<TableKey> keys, List<ColumnSchema> columns) {
    return keys.stream()
        .map(key -> new Ranked(key, rank(key, columns)))
        .sorted(Comparator.comparingInt(Ranked::rank))
        .map(Ranked::key)
        .toList();
  }

  private record Ranked(TableKey key, int rank) {}

  private static int rank(TableKey key, List<ColumnSchema> columns) {
    return (key.isPrimary() ? 0 : 16)
        + (key.kind() == TableKey.Kind.HASHED ? 8 : 0)
        + (key.hasNullablePart(columns) ? 4 : 0)
        + (key.isPartial(columns) ? 2 : 0)
        + (key.kind() == TableKey.Kind.FUNCTIONAL ? 1 : 0);
  }

  static @Nullable TableKey named(List<TableKey> keys, String name) {
    for (TableKey key : keys) {
      if (key.name().equalsIgnoreCase(name)) {
        return key;
      }
    }
    return null;
  }

  /**
   * A key with the name that the server assigns, and over a hash if it is too long for MariaDB.
   *
   * @param others keys whose names are in use
   */
  static TableKey made(
      TableKey key, List<TableKey> others, List<ColumnSchema> columns, SqlDialect dialect) {
    TableKey spelled = key.kind() == TableKey.Kind.FUNCTIONAL ? key : key.of(columns);
    boolean hashed =
        dialect.mariaDb()
            && spelled.kind() == TableKey.Kind.UNIQUE
            && KeyLength.of(spelled, columns) > LONGEST;
    return new TableKey(
        spelled.name().isEmpty() ? name(spelled, others) : spelled.name(),
        hashed ? TableKey.Kind.HASHED : spelled.kind(),
        spelled.parts());
  }

  private static String name(TableKey key, List<TableKey> others) {
    String first = key.parts().isEmpty() ? "functional_index" : key.parts().get(0).column();
    String name = first;
    for (int i = 2; named(others, name) != null || name.equalsIgnoreCase(TableKey.PRIMARY); i++) {
      name = first + "_" + i;
    }
    return name;
  }
}
