package io.binlogbroker.bench.delay;

import java.util.Arrays;

/**
 * A distribution of latencies.
 *
 * @param micros sorted
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Delays(long[] micros) {
  static Delays of(long[] micros) {
    long[] sorted = micros.clone();
    Arrays.sort(sorted);
    return new Delays(sorted);
  }

  int count() {
    return micros.length;
  }

  /** The percentile for a share from 0 to 1, in milliseconds. */
  double millisAt(double share) {
    int index = (int) Math.ceil(share * micros.length) - 1;
    return micros[Math.max(0, index)] / 1_000.0;
  }
}
