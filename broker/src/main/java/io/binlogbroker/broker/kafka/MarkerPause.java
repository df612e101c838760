package io.binlogbroker.broker.kafka;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Keeps a transaction from beginning while Kafka still writes the markers of the one before. A
 * message that comes so early is put off within the broker, for 20 ms at the least
 * (add.partitions.to.txn.retry.backoff.ms). The markers take about as long as the answer to the
 * commit did, so half as long again is waited. One thread.
 */
final class MarkerPause {
  /** In a bulk load a commit takes long for what it flushes. */
  private static final long LONGEST_NANOS = 5_000_000;

  private final LongSupplier nanoTime;
  private final LongConsumer sleepNanos;
  private long committedAt;
  private long pause;

  /**
   * @param sleepNanos may return early
   */
  MarkerPause(LongSupplier nanoTime, LongConsumer sleepNanos) {
    this.nanoTime = nanoTime;
    this.sleepNanos = sleepNanos;
  }

  /** Makes a commit, and notes how long it took. */
  void after(Runnable commit) {
    long asked = nanoTime.getAsLong();
    commit.run();
    committedAt = nanoTime.getAsLong();
    pause = Math.min((committedAt - asked) * 3 / 2, LONGEST_NANOS);
  }

  /** Waits until a transaction may begin. */
  void await() {
    if (pause == 0) {
      return;
    }
    long left = pause - (nanoTime.getAsLong() - committedAt);
    if (left > 0) {
      sleepNanos.accept(left);
    }
    pause = 0;
  }
}
