package io.binlogbroker.client.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Told once that nothing more is to be handled. Any thread. */
final class Halt {
  private final CountDownLatch raised = new CountDownLatch(1);

  void raise() {
    raised.countDown();
  }

  boolean isRaised() {
    return raised.getCount() == 0;
  }

  /** Waits, but no longer than until it is raised. */
  void await(Duration pause) throws InterruptedException {
    // True or not, the caller asks isRaised.
    boolean ignored = raised.await(pause.toNanos(), TimeUnit.NANOSECONDS);
  }
}
