package io.binlogbroker.broker.ddl;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.row.SchemaSource.TableSchema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of a table to read its rows and to follow its DDL.
 *
 * @param columns in table order
 * @param primaryKey column names in key order
 * @param charset default of columns that are added later; null when it is not known
 */
public record TableDefinition(
    List<ColumnSchema> columns, List<String> primaryKey, @Nullable String charset) {
  public TableDefinition {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
  }

  /** A schema's own definition: only its default character set. */
  public static TableDefinition ofSchema(@Nullable String charset) {
    return new TableDefinition(List.of(), List.of(), charset);
  }

  /** As the server shows it. */
  public TableSchema schema() {
    return new TableSchema(columns, primaryKey);
  }

  /**
   * The same columns.
   *
   * @param origin what they are known from, for people
   */
  TableSchema schema(String origin) {
    return new TableSchema(columns, primaryKey, origin);
  }
}
