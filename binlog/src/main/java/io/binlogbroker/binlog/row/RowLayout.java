package io.binlogbroker.binlog.row;

import org.jspecify.annotations.Nullable;

/**
 * A {@link RowPlan} with what decoding needs beside it, by plan column; and the way from the
 * columns of the TABLE_MAP to those of the plan. Immutable; compiled once per TABLE_MAP.
 */
final class RowLayout {
  private final RowPlan plan;
  private final Column[] columns;
  private final CellKind[] kinds;
  private final int[] widths;
  private final @Nullable MysqlCharset[] charsets;
  private final int[] planColumns;
  private final int[] jsonColumns;
  private final boolean @Nullable [] virtual;

  /**
   * @param planColumns of each column in the TABLE_MAP; -1 for a hidden one
   * @param jsonColumns of the TABLE_MAP
   * @param virtual by plan column, whether it is generated when it is read; null when not known
   */
  RowLayout(
      RowPlan plan,
      ColumnShape[] shapes,
      int[] planColumns,
      int[] jsonColumns,
      boolean @Nullable [] virtual) {
    this.plan = plan;
    this.columns = plan.columns().toArray(new Column[0]);
    this.kinds = new CellKind[shapes.length];
    this.widths = new int[shapes.length];
    this.charsets = new MysqlCharset[shapes.length];
    for (int i = 0; i < shapes.length; i++) {
      kinds[i] = shapes[i].kind();
      widths[i] = shapes[i].width();
      charsets[i] = shapes[i].charset();
    }
    this.planColumns = planColumns;
    this.jsonColumns = jsonColumns;
    this.virtual = virtual;
  }

  RowPlan plan() {
    return plan;
  }

  int columnCount() {
    return columns.length;
  }

  /** Columns, and behind them what rows hold but nobody sees. */
  int cellCount() {
    return widths.length;
  }

  Column column(int column) {
    return columns[column];
  }

  CellKind kind(int column) {
    return kinds[column];
  }

  /** By plan column: bytes of a cell, or minus the bytes of its length. Not to be changed. */
  int[] widths() {
    return widths;
  }

  MysqlCharset charset(int column) {
    MysqlCharset charset = charsets[column];
    if (charset == null) {
      throw new IllegalStateException("Column " + column + " has no character set");
    }
    return charset;
  }

  /** The plan's column for one of the TABLE_MAP; -1 when rows never hold it. */
  int planColumn(int wireColumn) {
    return planColumns[wireColumn];
  }

  /**
   * Which columns of the TABLE_MAP are JSON, each of which has a bit in a partial update. Not to be
   * changed.
   */
  int[] jsonColumns() {
    return jsonColumns;
  }

  /**
   * By plan column, whether it is generated when it is read: an image after may lack such a column
   * although it has changed. Null where the log names the columns but does not tell this. Not to be
   * changed.
   */
  boolean @Nullable [] virtual() {
    return virtual;
  }

  /** For an error: {@code mall_db.goods column 3 "price"}. */
  String where(int column) {
    if (column >= columns.length) {
      return plan.schema() + "." + plan.table() + " hidden column " + (column + 1);
    }
    return plan.schema()
        + "."
        + plan.table()
        + " column "
        + (column + 1)
        + " \""
        + columns[column].name()
        + "\"";
  }
}
