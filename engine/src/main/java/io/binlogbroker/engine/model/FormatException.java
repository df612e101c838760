package io.binlogbroker.engine.model;

import io.binlogbroker.binlog.row.Column;
import io.binlogbroker.binlog.row.RowPlan;

/** A change or a key cannot be said as its format demands; writing it anyway would be a guess. */
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
