package io.binlogbroker.broker.ddl;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import java.util.Set;

/**
 * Knows which labels of ENUM and SET columns a server may show as others: information_schema and
 * SHOW CREATE TABLE speak utf8mb3 (observed on MySQL 5.7.22, 8.0.33, 9.7 and MariaDB 11.4), and a
 * question mark there may stand for any character beyond. Stateless.
 */
public final class ShownLabels {
  private static final Set<String> WIDER_THAN_SHOWN =
      Set.of("utf8mb4", "utf16", "utf16le", "utf32", "gb18030");

  private ShownLabels() {}

  /** Whether a label of the column, as the server shows it, may be another one. */
  public static boolean mayBeOthers(ColumnSchema column) {
    boolean labelled =
        column.dataType().equalsIgnoreCase("enum") || column.dataType().equalsIgnoreCase("set");
    String charset = column.characterSet();
    return labelled
        && charset != null
        && WIDER_THAN_SHOWN.contains(charset)
        && column.columnType().contains("?");
  }
}
