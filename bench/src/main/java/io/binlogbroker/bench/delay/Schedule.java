package io.binlogbroker.bench.delay;

import java.util.concurrent.locks.LockSupport;

/** The scheduled time of each row at a fixed rate, independent of earlier rows. Thread-safe. */
final class Schedule {
  private final int rate;
  private final long startNanos = System.nanoTime();

  /**
   * @param rate rows per second, starting now
   */
  Schedule(int rate) {
    this.rate = rate;
  }

  /** Waits for a row's time; returns immediately if it has passed. */
  void await(int row) {
    for (long nanosLeft = nanosLeft(row); nanosLeft > 0; nanosLeft = nanosLeft(row)) {
      LockSupport.parkNanos(nanosLeft);
    }
  }

  boolean isDue(int row) {
    return nanosLeft(row) <= 0;
  }

  private long nanosLeft(int row) {
    return dueNanos(row) - System.nanoTime();
  }

  /** The row's time in terms of {@link System#nanoTime}. */
  long dueNanos(int row) {
    return startNanos + row * 1_000_000_000L / rate;
  }
}
