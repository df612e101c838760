package io.binlogbroker.demo;

import java.util.Locale;

/** Counts the changes written and those that arrived, and formats their rates. Any thread. */
final class RateLine {
  private static final double SAMPLE_SECONDS = 1;

  private long written;
  private long arrived;
  private double writtenPerSecond;
  private double arrivedPerSecond;
  private long sampleStart;
  private long writtenBefore;
  private long arrivedBefore;

  RateLine(long nanos) {
    this.sampleStart = nanos;
  }

  synchronized void written(long changes) {
    written += changes;
  }

  synchronized void arrived(long changes) {
    arrived += changes;
  }

  /** Whether any changes were written. */
  synchronized boolean hasStarted() {
    return written > 0;
  }

  synchronized long arrived() {
    return arrived;
  }

  /** One line, with the rates of the last full second. */
  synchronized String line(long nanos) {
    double seconds = (nanos - sampleStart) / 1e9;
    if (seconds >= SAMPLE_SECONDS) {
      writtenPerSecond = (written - writtenBefore) / seconds;
      arrivedPerSecond = (arrived - arrivedBefore) / seconds;
      sampleStart = nanos;
      writtenBefore = written;
      arrivedBefore = arrived;
    }
    return String.format(
        Locale.ROOT,
        "written %,d changes, %,.0f/s | arrived %,d, %,.0f/s | in flight %,d",
        written,
        writtenPerSecond,
        arrived,
        arrivedPerSecond,
        Math.max(0, written - arrived));
  }
}
