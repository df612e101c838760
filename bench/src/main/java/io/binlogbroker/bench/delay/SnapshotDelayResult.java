package io.binlogbroker.bench.delay;

/**
 * The latencies of a steady stream with and without a snapshot of another table.
 *
 * @param without at the same rate, without a snapshot
 * @param rows during the snapshot, from the insert to the consumer
 * @param inserts during the snapshot, until MySQL had committed
 * @param existing number of rows of the snapshot
 * @param seconds of the snapshot in which latencies were measured
 * @param existingPerSecond rows per second of the snapshot
 */
public record SnapshotDelayResult(
    DelayResult without,
    Delays rows,
    Delays inserts,
    long existing,
    double seconds,
    double existingPerSecond) {
  /** Transactions per second that were delivered during the snapshot. */
  double reached() {
    return rows.count() / seconds;
  }

  /** How many times the median latency is that without a snapshot. */
  public double p50Times() {
    return rows.millisAt(0.5) / without.p50Millis();
  }
}
