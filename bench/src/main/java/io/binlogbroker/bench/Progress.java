package io.binlogbroker.bench;

import java.util.ArrayList;
import java.util.List;

/** The growth of a topic in one run, as observed from another process. One thread. */
final class Progress {
  /**
   * An observation of a growth of the topic.
   *
   * @param nanos by {@link System#nanoTime}
   * @param cpuTicks of the process that fills the topic
   */
  record Observation(long nanos, long offset, long cpuTicks) {}

  private final List<Observation> observations = new ArrayList<>();
  private final long startNanos;

  Progress(long startNanos) {
    this.startNanos = startNanos;
  }

  void add(Observation observation) {
    observations.add(observation);
  }

  /** The last observed offset; 0 if there is none. */
  long offset() {
    return observations.isEmpty() ? 0 : last().offset();
  }

  /** The time of the last observed growth, or of the start. */
  long lastChangeNanos() {
    return observations.isEmpty() ? startNanos : last().nanos();
  }

  Observation first() {
    return observations.get(0);
  }

  Observation last() {
    return observations.get(observations.size() - 1);
  }

  /** The offset observed at a time. */
  long offsetAt(long nanos) {
    return observations.stream()
        .filter(observation -> observation.nanos() - nanos <= 0)
        .mapToLong(Observation::offset)
        .max()
        .orElse(0);
  }

  double secondsToFirst() {
    return (first().nanos() - startNanos) / 1e9;
  }

  double secondsToLast() {
    return (last().nanos() - startNanos) / 1e9;
  }

  double seconds() {
    return (last().nanos() - first().nanos()) / 1e9;
  }
}
