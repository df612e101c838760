package io.binlogbroker.broker.etcd;

import java.util.function.LongSupplier;

/**
 * The time until which no other broker can have the lease, by this process's monotonic clock. Once
 * passed, it cannot be extended. Any thread.
 */
final class LeaseDeadline {
  private final LongSupplier nanoTime;
  private volatile long deadline;
  private volatile boolean passed;

  LeaseDeadline(LongSupplier nanoTime, long deadline) {
    this.nanoTime = nanoTime;
    this.deadline = deadline;
  }

  boolean isPending() {
    // Without a lock while it is pending: the relay checks it between any two rows.
    return (!passed && remainingNanos() > 0) || isPendingUnderLock();
  }

  /** Extends the deadline, unless it has passed. */
  synchronized void extendTo(long later) {
    if (isPendingUnderLock() && later - deadline > 0) {
      deadline = later;
    }
  }

  synchronized void end() {
    passed = true;
  }

  long remainingNanos() {
    return deadline - nanoTime.getAsLong();
  }

  private synchronized boolean isPendingUnderLock() {
    passed = passed || remainingNanos() <= 0;
    return !passed;
  }
}
