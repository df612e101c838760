package io.binlogbroker.demo;

import java.time.Duration;

/**
 * Spreads changes over time.
 *
 * @param rate changes per second
 * @param started nanoseconds of the clock when there was none yet
 */
record Pace(double rate, long started) {
  /** How long to wait now that so many changes are written. */
  Duration pauseAfter(long changes, long now) {
    double due = changes / rate * 1e9;
    return Duration.ofNanos(Math.max(0, Math.round(due) - (now - started)));
  }
}
