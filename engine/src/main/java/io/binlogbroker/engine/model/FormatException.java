package io.binlogbroker.engine.model;

import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.RowPlan;

/** Thrown when a change or a key cannot be represented exactly in its format. */
public final class FormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FormatException(String message) {
    super(message);
  }

  public static FormatException at(RowPlan plan, Column column, String message) {
    return new FormatException(
        plan.schema() + "." + plan.table() + " column " + column.name() + ": " + message);
  }
}
