package io.binlogbroker.broker.etcd;

import java.util.function.LongSupplier;

/**
 * The moment until which nobody else can have a lease, by this process's monotonic clock. Once it
 * has passed it stays so, whatever comes after. Any thread.
 */
final class HeldUntil {
  private final LongSupplier nanoTime;
  private volatile long moment;
  private volatile boolean over;

  HeldUntil(LongSupplier nanoTime, long moment) {
    this.nanoTime = nanoTime;
    this.moment = moment;
  }

  boolean isAhead() {
    // Without a lock while it is: the relay asks between any two rows.
    return (!over && remainingNanos() > 0) || settled();
  }

  /** Puts the moment off, unless it has passed. */
  synchronized void extendTo(long later) {
    if (settled() && later - moment > 0) {
      moment = later;
    }
  }

  synchronized void end() {
    over = true;
  }

  long remainingNanos() {
    return moment - nanoTime.getAsLong();
  }

  private synchronized boolean settled() {
    over = over || remainingNanos() <= 0;
    return !over;
  }
}
