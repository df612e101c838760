package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.RowPlan;
import java.util.List;

/**
 * Estimates the memory of a cached table, in columns of about 300 bytes each, including everything
 * compiled from them.
 */
public final class TableWeight {
  /**
   * Limit for all cached tables: about 70 MB. Only the tables of one statement must be known, which
   * are far fewer.
   */
  public static final long MOST = 250_000;

  private static final int TABLE = 8;

  /** Names and labels are kept about five times, as bytes, as strings and in written form. */
  private static final int BYTES_OF_TEXT = 60;

  private TableWeight() {}

  /**
   * @param columns number of columns
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
