package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.row.SchemaSource.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of a table to read its rows and to follow its DDL.
 *
 * @param columns in table order
 * @param keys that are unique, in the server's order
 * @param charset default of columns that are added later; null when it is not known
 */
public record TableDefinition(
    List<ColumnSchema> columns, List<TableKey> keys, @Nullable String charset) {
  public TableDefinition {
    columns = List.copyOf(columns);
    keys = List.copyOf(keys);
  }

  /** A schema's own definition: only its default character set. */
  public static TableDefinition ofSchema(@Nullable String charset) {
    return new TableDefinition(List.of(), List.of(), charset);
  }

  /**
   * Column names in key order, of the primary key or of what the server takes for it; empty where
   * there is neither.
   */
  public List<String> primaryKey() {
    return TableKeys.identity(keys, columns);
  }

  /** Whether it has a primary key by that name, whatever other keys come and go. */
  public boolean hasPrimaryKey() {
    return TableKeys.named(keys, TableKey.PRIMARY) != null;
  }

  /** As the server shows it. */
  public TableSchema schema() {
    return new TableSchema(held(), primaryKey());
  }

  /**
   * The same columns.
   *
   * @param origin what they are known from, for people
   */
  public TableSchema schema(String origin) {
    return new TableSchema(held(), primaryKey(), origin);
  }

  /**
   * With the columns that MariaDB adds for keys over a hash, which stand last and are in each row.
   */
  private List<ColumnSchema> held() {
    List<ColumnSchema> all = new ArrayList<>(columns);
    for (TableKey key : keys) {
      if (key.kind() == TableKey.Kind.HASHED) {
        String name = TableSchema.HIDDEN_PREFIX + "hash of " + key.name();
        all.add(
            new ColumnSchema(
                name, "bigint(20) unsigned", "bigint", key.hasNullablePart(columns), null));
      }
    }
    return all;
  }
}
