package io.binlogbroker.binlog.row.cell;

import io.binlogbroker.binlog.row.column.CellKind;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.binlog.row.text.MysqlCharset;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RowPlan} with the details for decoding, by plan column, and the mapping from the columns
 * of the TABLE_MAP to those of the plan. Immutable; compiled once per TABLE_MAP.
 */
public final class RowLayout {
  private final RowPlan plan;
  private final Column[] columns;
  private final CellKind[] kinds;
  private final int[] widths;
  private final @Nullable MysqlCharset[] charsets;
  private final int[] planColumns;
  private final int[] jsonColumns;
  private final boolean @Nullable [] virtual;

  /**
   * @param planColumns by column of the TABLE_MAP; -1 for hidden columns
   * @param jsonColumns indexes of JSON columns in the TABLE_MAP
   * @param virtual whether a plan column is virtual; null if unknown
   */
  public RowLayout(
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

  public RowPlan plan() {
    return plan;
  }

  public int columnCount() {
    return columns.length;
  }

  /** Number of columns, including hidden ones that rows contain. */
  public int cellCount() {
    return widths.length;
  }

  public Column column(int column) {
    return columns[column];
  }

  public CellKind kind(int column) {
    return kinds[column];
  }

  /**
   * By plan column: bytes of a cell, or minus the number of its length bytes. Must not be modified.
   */
  public int[] widths() {
    return widths;
  }

  MysqlCharset charset(int column) {
    MysqlCharset charset = charsets[column];
    if (charset == null) {
      throw new IllegalStateException("Column " + column + " has no character set");
    }
    return charset;
  }

  /** The plan column of a TABLE_MAP column; -1 if rows never contain it. */
  public int planColumn(int wireColumn) {
    return planColumns[wireColumn];
  }

  /**
   * Indexes of the JSON columns of the TABLE_MAP, each of which has a bit in a partial update. Must
   * not be modified.
   */
  public int[] jsonColumns() {
    return jsonColumns;
  }

  /**
   * By plan column, whether it is virtual: an after image may omit such a column although it has
   * changed. Null if the log names the columns but does not contain this. Must not be modified.
   */
  public boolean @Nullable [] virtual() {
    return virtual;
  }

  /** The column in messages: {@code mall_db.goods column 3 "price"}. */
  public String where(int column) {
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
