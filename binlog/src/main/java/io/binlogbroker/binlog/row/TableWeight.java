package io.binlogbroker.binlog.row;

import java.util.List;

/**
 * About how much memory it takes to know a table, in columns of some 300 bytes each with all that
 * is compiled from them.
 */
public final class TableWeight {
  /**
   * Of all tables that are kept: some 70 MB. Far more than one statement can open, and those tables
   * alone must be known.
   */
  public static final long MOST = 250_000;

  private static final int TABLE = 8;

  /**
   * Names and labels are kept some five times over, as bytes, as strings and as what is written.
   */
  private static final int BYTES_OF_TEXT = 60;

  private TableWeight() {}

  /**
   * @param columns how many
   * @param text bytes of names and labels
   */
  static long of(int columns, long text) {
    return TABLE + columns + text / BYTES_OF_TEXT;
  }

  public static long of(RowPlan plan) {
    long text = 0;
    for (Column column : plan.columns()) {
      text += column.name().length() + length(column.labels());
    }
    return of(plan.columns().size(), text);
  }

  private static long length(List<String> texts) {
    return texts.stream().mapToLong(String::length).sum();
  }
}
