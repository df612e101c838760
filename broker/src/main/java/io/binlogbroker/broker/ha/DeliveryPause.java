package io.binlogbroker.broker.ha;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds back the delivery of one term while an operator has paused it. Any thread pauses and
 * resumes; the relay thread waits.
 */
final class DeliveryPause {
  /** Bounds how long the end of a mastership, which raises no signal, is not noticed. */
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

  /** Raised by its end; null while nothing is paused. */
  private volatile @Nullable StopSignal resumed;

  void begin() {
    if (resumed == null) {
      resumed = new StopSignal();
    }
  }

  void end() {
    StopSignal waiting = resumed;
    resumed = null;
    if (waiting != null) {
      waiting.raise();
    }
  }

  boolean isActive() {
    return resumed != null;
  }

  /**
   * Returns once delivery may continue, or is to end.
   *
   * @param isEnding whether there is nothing more to wait for
   * @param step runs at least every half a second of the pause
   */
  void await(BooleanSupplier isEnding, Runnable step) {
    StopSignal waiting = resumed;
    while (waiting != null && !isEnding.getAsBoolean()) {
      step.run();
      waiting.await(POLL_INTERVAL);
      waiting = resumed;
    }
  }
}
