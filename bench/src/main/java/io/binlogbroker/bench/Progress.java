package io.binlogbroker.bench;

import java.util.ArrayList;
import java.util.List;

/** How a topic grew in one run, as seen from outside. One thread. */
final class Progress {
  /**
   * A look at the topic that found it grown.
   *
   * @param nanos by {@link System#nanoTime}
   * @param cpuTicks of the process that fills it
   */
  record Sight(long nanos, long offset, long cpuTicks) {}

  private final List<Sight> sights = new ArrayList<>();
  private final long startNanos;

  Progress(long startNanos) {
    this.startNanos = startNanos;
  }

  void add(Sight sight) {
    sights.add(sight);
  }

  /** The last offset seen; 0 before anything was. */
  long offset() {
    return sights.isEmpty() ? 0 : last().offset();
  }

  /** When it was last seen to grow, or started. */
  long lastChangeNanos() {
    return sights.isEmpty() ? startNanos : last().nanos();
  }

  Sight first() {
    return sights.get(0);
  }

  Sight last() {
    return sights.get(sights.size() - 1);
  }

  /** The offset that had been seen at a time. */
  long offsetAt(long nanos) {
    return sights.stream()
        .filter(sight -> sight.nanos() - nanos <= 0)
        .mapToLong(Sight::offset)
        .max()
        .orElse(0);
  }

  double secondsToFirst() {
    return (first().nanos() - startNanos) / 1e9;
  }

  double seconds() {
    return (last().nanos() - first().nanos()) / 1e9;
  }
}
