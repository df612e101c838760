package io.binlogbroker.testkit.network;

import java.util.concurrent.locks.LockSupport;

/** Blocks or throttles the threads of a proxy. Shared by all of them. */
final class Gate {
  private boolean isShut;
  private volatile long bytesPerSecond;

  synchronized void shut() {
    isShut = true;
  }

  synchronized void open() {
    isShut = false;
    notifyAll();
  }

  void limit(long newBytesPerSecond) {
    bytesPerSecond = newBytesPerSecond;
  }

  /** Waits while the gate is shut, and for the time that {@code bytes} take at the limit. */
  void pass(int bytes) throws InterruptedException {
    long limit = bytesPerSecond;
    if (limit > 0) {
      LockSupport.parkNanos(bytes * 1_000_000_000L / limit);
    }
    synchronized (this) {
      while (isShut) {
        wait();
      }
    }
  }
}
