package io.binlogbroker.broker.ha;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Signals that the program is to end: raised once, from any thread, while others wait for it. */
public final class StopSignal {
  private final CountDownLatch raised = new CountDownLatch(1);

  public void raise() {
    raised.countDown();
  }

  public boolean isRaised() {
    return raised.getCount() == 0;
  }

  /**
   * Waits for the signal, or until the thread is interrupted; its interrupt status is kept.
   *
   * @return whether to end: the signal was raised in time, or the thread was interrupted
   */
  public boolean await(Duration time) {
    try {
      return raised.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
