package io.binlogbroker.binlog.row;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a column is once TABLE_MAP and schema have been put together; all but its name and place.
 *
 * @param width bytes of a cell, or minus the bytes of the length in front of it
 * @param charset of what reaches the sink as text; else null
 */
record ColumnShape(
    ColumnType type,
    CellKind kind,
    int width,
    boolean unsigned,
    int precision,
    int decimals,
    @Nullable MysqlCharset charset,
    List<String> labels) {

  static ColumnShape of(ColumnType type, CellKind kind, int width) {
    return new ColumnShape(type, kind, width, false, 0, 0, null, List.of());
  }

  static ColumnShape number(ColumnType type, CellKind kind, int width, boolean unsigned) {
    return new ColumnShape(type, kind, width, unsigned, 0, 0, null, List.of());
  }

  ColumnShape withPrecision(int precision, int decimals) {
    return new ColumnShape(type, kind, width, unsigned, precision, decimals, charset, labels);
  }

  ColumnShape withCharset(MysqlCharset charset) {
    return new ColumnShape(type, kind, width, unsigned, precision, decimals, charset, labels);
  }

  ColumnShape withLabels(List<String> labels) {
    return new ColumnShape(type, kind, width, unsigned, precision, decimals, charset, labels);
  }
}
