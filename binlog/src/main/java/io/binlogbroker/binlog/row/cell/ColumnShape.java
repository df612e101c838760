package io.binlogbroker.binlog.row.cell;

import io.binlogbroker.binlog.row.column.CellKind;
import io.binlogbroker.binlog.row.column.ColumnType;
import io.binlogbroker.binlog.row.text.MysqlCharset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column's type and format, combined from TABLE_MAP and schema, without its name and position.
 *
 * @param width bytes of a cell, or minus the number of its length bytes
 * @param charset of columns passed to the sink as text; otherwise null
 */
public record ColumnShape(
    ColumnType type,
    CellKind kind,
    int width,
    boolean unsigned,
    int precision,
    int decimals,
    @Nullable MysqlCharset charset,
    List<String> labels) {

  public static ColumnShape of(ColumnType type, CellKind kind, int width) {
    return new ColumnShape(type, kind, width, false, 0, 0, null, List.of());
  }

  public static ColumnShape number(ColumnType type, CellKind kind, int width, boolean unsigned) {
    return new ColumnShape(type, kind, width, unsigned, 0, 0, null, List.of());
  }

  public ColumnShape withPrecision(int precision, int decimals) {
    return new ColumnShape(type, kind, width, unsigned, precision, decimals, charset, labels);
  }

  public ColumnShape withCharset(MysqlCharset charset) {
    return new ColumnShape(type, kind, width, unsigned, precision, decimals, charset, labels);
  }

  public ColumnShape withLabels(List<String> labels) {
    return new ColumnShape(type, kind, width, unsigned, precision, decimals, charset, labels);
  }
}
