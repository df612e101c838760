package io.binlogbroker.client.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A signal, raised once, that no further messages are to be handled. Any thread. */
final class Halt {
  private final CountDownLatch raised = new CountDownLatch(1);

  void raise() {
    raised.countDown();
  }

  boolean isRaised() {
    return raised.getCount() == 0;
  }

  /** Waits for the pause, or until the signal is raised. */
  void await(Duration pause) throws InterruptedException {
    // The result does not matter: the caller checks isRaised.
    boolean ignored = raised.await(pause.toNanos(), TimeUnit.NANOSECONDS);
  }
}
