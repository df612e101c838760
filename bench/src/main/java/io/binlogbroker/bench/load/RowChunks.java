package io.binlogbroker.bench.load;

/** Divides the numbers of rows, from 1, into ranges of the size of one statement. */
final class RowChunks {
  private static final int ROWS = 4_000;

  /** Receives the first and the last number of a range. */
  interface Chunk {
    void take(int from, int to);
  }

  private RowChunks() {}

  static void of(int rows, Chunk chunk) {
    for (int from = 1; from <= rows; from += ROWS) {
      chunk.take(from, Math.min(from + ROWS - 1, rows));
    }
  }
}
