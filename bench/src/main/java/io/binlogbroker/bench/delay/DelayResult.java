package io.binlogbroker.bench.delay;

import java.util.Arrays;

/**
 * The delays of one fixed rate.
 *
 * @param rate wanted, transactions a second
 * @param reached transactions a second that MySQL took
 * @param micros sorted
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
public record DelayResult(int rate, double reached, long[] micros) {
  static DelayResult of(int rate, double reached, long[] micros) {
    long[] sorted = micros.clone();
    Arrays.sort(sorted);
    return new DelayResult(rate, reached, sorted);
  }

  /** The delay that a share of the rows did not exceed. */
  double millisAt(double share) {
    int index = (int) Math.ceil(share * micros.length) - 1;
    return micros[Math.max(0, index)] / 1_000.0;
  }
}
