package io.binlogbroker.bench.delay;

/**
 * The latencies at one fixed rate.
 *
 * @param rate scheduled transactions per second
 * @param reached transactions per second that MySQL executed
 * @param rows from the insert to the consumer
 * @param inserts until MySQL had committed, a part of the rows' latency
 * @param kafka from the broker's sink to the consumer, at the same rate, without other load
 */
public record DelayResult(int rate, double reached, Delays rows, Delays inserts, Delays kafka) {
  /** The median latency of the rows. */
  public double p50Millis() {
    return rows.millisAt(0.5);
  }

  /** The 99th percentile of the rows' latency. */
  public double p99Millis() {
    return rows.millisAt(0.99);
  }
}
