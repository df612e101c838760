package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.engine.schema.ddl.sql.Charsets;
import java.util.Set;

/**
 * Detects labels of ENUM and SET columns that a server may display with other characters:
 * information_schema and SHOW CREATE TABLE use utf8mb3 (observed on MySQL 5.7.22, 8.0.33, 9.7 and
 * MariaDB 11.4), and a question mark there may replace any other character. Binary labels are
 * displayed as UTF-8: invalid bytes become a question mark, or on MySQL 8 x'e9'. Stateless.
 */
public final class LossyLabels {
  private static final Set<String> WIDER_THAN_UTF8MB3 =
      Set.of("utf8mb4", "utf16", "utf16le", "utf32", "gb18030");

  private LossyLabels() {}

  /** Whether a label of the column may differ from the one that the server displays. */
  static boolean areLossy(ColumnSchema column) {
    boolean hasLabels =
        column.dataType().equalsIgnoreCase("enum") || column.dataType().equalsIgnoreCase("set");
    if (!hasLabels) {
      return false;
    }
    String charset = column.characterSet();
    String shown = column.columnType();
    boolean bytes = charset == null || charset.equals(Charsets.BINARY);
    return (bytes || WIDER_THAN_UTF8MB3.contains(charset)) && shown.contains("?")
        || hasLabelInHexadecimal(shown);
  }

  /**
   * @throws SchemaException if a label of the column may differ from the displayed one
   */
  public static void requireNone(String schema, String table, ColumnSchema column) {
    if (areLossy(column)) {
      String charset = column.characterSet();
      throw new SchemaException(
          "The labels of %s.%s column \"%s\" are not certain: information_schema shows %s, and a ? or x'...' there may replace a character that it cannot show (the column is %s, information_schema is utf8mb3). Run SET GLOBAL binlog_row_metadata = 'FULL', then continue after the rows written before with \"binlogbroker position set\"."
              .formatted(
                  schema,
                  table,
                  column.name(),
                  column.columnType(),
                  charset == null ? "binary" : charset));
    }
  }

  /** Searches for an x before an opening quote. */
  private static boolean hasLabelInHexadecimal(String shown) {
    boolean quoted = false;
    for (int at = 0; at < shown.length(); at++) {
      char next = shown.charAt(at);
      if (next == '\'') {
        quoted = !quoted;
      } else if (quoted && next == '\\') {
        at++;
      } else if (!quoted && next == 'x' && shown.startsWith("'", at + 1)) {
        return true;
      }
    }
    return false;
  }
}
