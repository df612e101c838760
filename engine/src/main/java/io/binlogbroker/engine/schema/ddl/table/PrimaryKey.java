package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import java.util.List;

/** The effect of a primary key on its columns. Stateless. */
public final class PrimaryKey {
  private PrimaryKey() {}

  /** The columns with those of the key NOT NULL. */
  public static List<ColumnSchema> notNull(List<ColumnSchema> columns, List<String> primaryKey) {
    return columns.stream()
        .map(column -> contains(primaryKey, column.name()) ? column.withoutNull() : column)
        .toList();
  }

  static boolean contains(List<String> names, String name) {
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }
}
