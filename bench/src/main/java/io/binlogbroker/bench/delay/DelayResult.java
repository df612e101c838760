package io.binlogbroker.bench.delay;

/**
 * The delays of one fixed rate.
 *
 * @param rate wanted, transactions a second
 * @param reached transactions a second that MySQL took
 * @param rows from the insert to the consumer
 * @param inserts until MySQL had committed: a part of the rows' delays
 * @param kafka from the broker's sink to the consumer, at the same rate, when nothing else runs
 */
public record DelayResult(int rate, double reached, Delays rows, Delays inserts, Delays kafka) {
  /** That half of the rows did not exceed. */
  public double p50Millis() {
    return rows.millisAt(0.5);
  }

  /** That all but a hundredth of the rows did not exceed. */
  public double p99Millis() {
    return rows.millisAt(0.99);
  }
}
