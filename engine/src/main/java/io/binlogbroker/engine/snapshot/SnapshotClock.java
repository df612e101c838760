package io.binlogbroker.engine.snapshot;

import java.time.Clock;

/** The time, for durations and for users. Any thread. */
interface SnapshotClock {
  /** As {@link System#nanoTime}. */
  long nanos();

  /** Milliseconds since the epoch. */
  long millis();

  /** The system's clocks. */
  static SnapshotClock system() {
    Clock clock = Clock.systemUTC();
    return new SnapshotClock() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public long millis() {
        return clock.millis();
      }
    };
  }
}
