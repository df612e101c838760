package io.binlogbroker.broker.mysql;

import io.binlogbroker.binlog.row.SchemaException;
import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import java.util.Set;

/**
 * Refuses ENUM and SET columns with labels that information_schema cannot show: it speaks utf8mb3
 * (observed on MySQL 5.7.22, 8.0.33, 9.7 and MariaDB 11.4), and a question mark there may stand for
 * any character beyond, as SHOW CREATE TABLE has it too. Stateless.
 */
final class UnshownLabels {
  private static final Set<String> WIDER_THAN_SHOWN =
      Set.of("utf8mb4", "utf16", "utf16le", "utf32", "gb18030");

  private UnshownLabels() {}

  /**
   * @throws SchemaException when a label may be another than the one that is shown
   */
  static void requireNone(String schema, String table, ColumnSchema column) {
    boolean labelled =
        column.dataType().equalsIgnoreCase("enum") || column.dataType().equalsIgnoreCase("set");
    String charset = column.characterSet();
    if (labelled
        && charset != null
        && WIDER_THAN_SHOWN.contains(charset)
        && column.columnType().contains("?")) {
      throw new SchemaException(
          "The labels of %s.%s column \"%s\" are not known for certain: information_schema shows %s, and a ? there may stand for a character that it cannot show (the column is %s, it is utf8mb3). Run SET GLOBAL binlog_row_metadata = 'FULL', then go on behind what was written before with \"binlogbroker position set\"."
              .formatted(schema, table, column.name(), column.columnType(), charset));
    }
  }
}
