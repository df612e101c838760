package io.binlogbroker.engine.format;

import io.binlogbroker.binlog.row.CellSink;
import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.RowPlan;

/** Reads the two images of an update together. Without state. */
public final class UpdatedRow {
  private UpdatedRow() {}

  /** Pushes the row as it is now: what the image after lacks is unchanged. */
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

  /** Pushes the cells that were changed, as they were. */
  public static void old(RowPlan plan, RowImage before, RowImage after, CellSink sink) {
    int columns = plan.columns().size();
    for (int column = 0; column < columns; column++) {
      if (before.has(column) && after.has(column) && !before.sameCell(column, after)) {
        before.cell(column, sink);
      }
    }
  }
}
