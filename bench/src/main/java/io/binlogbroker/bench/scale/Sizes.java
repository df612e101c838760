package io.binlogbroker.bench.scale;

/**
 * The sizes of the loads.
 *
 * @param plain the tables that most loads fill
 * @param factor multiplies all numbers of rows
 */
record Sizes(PlainTables plain, double factor) {
  int of(int count) {
    return Math.max(1, (int) (count * factor));
  }

  /** One transaction per row, over the tables in rotation. */
  SpreadLoad singleRows(int tables, int rows) {
    return SpreadLoad.inTurn(plain, tables, of(rows), 1);
  }
}
