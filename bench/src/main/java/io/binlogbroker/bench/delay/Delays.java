package io.binlogbroker.bench.delay;

import java.util.Arrays;

/**
 * How long many things of one kind took.
 *
 * @param micros sorted
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record Delays(long[] micros) {
  static Delays of(long[] micros) {
    long[] sorted = micros.clone();
    Arrays.sort(sorted);
    return new Delays(sorted);
  }

  int count() {
    return micros.length;
  }

  /** Milliseconds that a share of them did not exceed. */
  double millisAt(double share) {
    int index = (int) Math.ceil(share * micros.length) - 1;
    return micros[Math.max(0, index)] / 1_000.0;
  }
}
