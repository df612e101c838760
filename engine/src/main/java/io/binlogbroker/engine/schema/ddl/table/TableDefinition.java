package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.row.SchemaSource.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a table, as far as its rows and its DDL require.
 *
 * @param columns in table order
 * @param keys that are unique, in the server's order
 * @param charset default for columns that are added later; null if unknown
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
   * Column names of the primary key, or of the unique key that the server uses instead, in key
   * order; empty if there is neither.
   */
  public List<String> primaryKey() {
    return TableKeys.identity(keys, columns);
  }

  /** Whether it has an actual primary key, independent of other keys. */
  public boolean hasPrimaryKey() {
    return TableKeys.named(keys, TableKey.PRIMARY) != null;
  }

  /** The columns, with information_schema as the origin. */
  public TableSchema schema() {
    return new TableSchema(storedColumns(), primaryKey());
  }

  /**
   * The columns with another origin.
   *
   * @param origin the origin for messages
   */
  public TableSchema schema(String origin) {
    return new TableSchema(storedColumns(), primaryKey(), origin);
  }

  /**
   * The stored columns, including the hidden ones at the end of each row that MariaDB adds for hash
   * keys.
   */
  private List<ColumnSchema> storedColumns() {
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
