package io.binlogbroker.engine.metrics;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A number that only grows. One thread at a time adds to it, without the atomic operation that
 * several would need; any thread reads it.
 */
public final class Counter {
  private final AtomicLong count = new AtomicLong();

  public void increment() {
    add(1);
  }

  public void add(long amount) {
    count.setOpaque(count.getPlain() + amount);
  }

  public long get() {
    return count.getOpaque();
  }
}
