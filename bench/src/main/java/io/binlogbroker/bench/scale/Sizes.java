package io.binlogbroker.bench.scale;

/**
 * How large the loads are made.
 *
 * @param plain the tables that most of them fill
 * @param factor on all numbers of rows
 */
record Sizes(PlainTables plain, double factor) {
  int of(int count) {
    return Math.max(1, (int) (count * factor));
  }

  /** A transaction for each row, over the tables in turn. */
  SpreadLoad singleRows(int tables, int rows) {
    return SpreadLoad.inTurn(plain, tables, of(rows), 1);
  }
}
