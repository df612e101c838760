package io.binlogbroker.engine.source.mysql.schema;

import io.binlogbroker.binlog.row.SchemaException;
import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.engine.schema.ddl.ShownLabels;

/** Refuses ENUM and SET columns with labels that information_schema cannot show. Stateless. */
final class UnshownLabels {
  private UnshownLabels() {}

  /**
   * @throws SchemaException when a label may be another than the one that is shown
   */
  static void requireNone(String schema, String table, ColumnSchema column) {
    String charset = column.characterSet();
    if (ShownLabels.mayBeOthers(column)) {
      throw new SchemaException(
          "The labels of %s.%s column \"%s\" are not known for certain: information_schema shows %s, and a ? or x'...' there may stand for what it cannot show (the column is %s, it is utf8mb3). Run SET GLOBAL binlog_row_metadata = 'FULL', then go on behind what was written before with \"binlogbroker position set\"."
              .formatted(
                  schema,
                  table,
                  column.name(),
                  column.columnType(),
                  charset == null ? "binary" : charset));
    }
  }
}
