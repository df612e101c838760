package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.engine.schema.ddl.sql.Charsets;
import java.util.Set;

/**
 * Knows which labels of ENUM and SET columns a server may show as others: information_schema and
 * SHOW CREATE TABLE speak utf8mb3 (observed on MySQL 5.7.22, 8.0.33, 9.7 and MariaDB 11.4), and a
 * question mark there may stand for any character beyond. Labels of bytes are shown as if they were
 * UTF-8: what is not comes as a question mark, or from MySQL 8 as x'e9'. Stateless.
 */
public final class ShownLabels {
  private static final Set<String> WIDER_THAN_SHOWN =
      Set.of("utf8mb4", "utf16", "utf16le", "utf32", "gb18030");

  private ShownLabels() {}

  /** Whether a label of the column, as the server shows it, may be another one. */
  public static boolean mayBeOthers(ColumnSchema column) {
    boolean labelled =
        column.dataType().equalsIgnoreCase("enum") || column.dataType().equalsIgnoreCase("set");
    if (!labelled) {
      return false;
    }
    String charset = column.characterSet();
    String shown = column.columnType();
    boolean bytes = charset == null || charset.equals(Charsets.BINARY);
    return (bytes || WIDER_THAN_SHOWN.contains(charset)) && shown.contains("?")
        || hasLabelInHexadecimal(shown);
  }

  /** Looks for an x before a quote that opens. */
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
