package io.binlogbroker.demo;

import java.time.Duration;

/**
 * Spreads changes evenly over time.
 *
 * @param rate changes per second
 * @param started the start, in nanoseconds of {@link System#nanoTime}
 */
record Pace(double rate, long started) {
  /** How long to wait after this many changes; zero if they are late. */
  Duration pauseAfter(long changes, long now) {
    double due = changes / rate * 1e9;
    return Duration.ofNanos(Math.max(0, Math.round(due) - (now - started)));
  }
}
