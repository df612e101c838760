package io.binlogbroker.bench.delay;

import java.util.concurrent.locks.LockSupport;

/** When each row of a fixed rate has its turn, whatever became of those before. Thread-safe. */
final class Schedule {
  private final int rate;
  private final long startNanos = System.nanoTime();

  /**
   * @param rate rows a second, from now on
   */
  Schedule(int rate) {
    this.rate = rate;
  }

  /** Returns at once when the turn has passed. */
  void await(int row) {
    for (long left = left(row); left > 0; left = left(row)) {
      LockSupport.parkNanos(left);
    }
  }

  boolean isDue(int row) {
    return left(row) <= 0;
  }

  private long left(int row) {
    return turnNanos(row) - System.nanoTime();
  }

  /** By {@link System#nanoTime}. */
  long turnNanos(int row) {
    return startNanos + row * 1_000_000_000L / rate;
  }
}
