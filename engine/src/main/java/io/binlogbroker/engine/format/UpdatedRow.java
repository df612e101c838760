package io.binlogbroker.engine.format;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.RowPlan;

/** Combines the two images of an update. Stateless. */
public final class UpdatedRow {
  private UpdatedRow() {}

  /** Pushes the row after the update; columns that the after image lacks are unchanged. */
  public static void now(RowPlan plan, RowImage before, RowImage after, CellSink sink) {
    int columns = plan.columns().size();
    for (int column = 0; column < columns; column++) {
      if (after.has(column)) {
        after.cell(column, sink);
      } else if (before.has(column)) {
        before.cell(column, sink);
      }
    }
  }

  /** Pushes the old values of the changed cells. */
  public static void old(RowPlan plan, RowImage before, RowImage after, CellSink sink) {
    int columns = plan.columns().size();
    for (int column = 0; column < columns; column++) {
      if (before.has(column) && after.has(column) && !before.sameCell(column, after)) {
        before.cell(column, sink);
      }
    }
  }
}
