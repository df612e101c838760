package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Passes work to the relay thread while it waits in a pause: only that thread may change the
 * group's position. One thread at a time submits.
 */
final class PausedWork {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

  private final AtomicReference<@Nullable FutureTask<Boolean>> waiting = new AtomicReference<>();

  /**
   * Has work done, and waits for its end.
   *
   * @param isPaused whether the relay thread will still take it
   * @return false, with nothing done, if the pause ended before
   * @throws RuntimeException that of the work
   */
  boolean submit(Runnable work, BooleanSupplier isPaused) {
    FutureTask<Boolean> task = new FutureTask<>(work, true);
    waiting.set(task);
    while (true) {
      try {
        return task.get(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (!isPaused.getAsBoolean() && waiting.compareAndSet(task, null)) {
          return false;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw interrupted(waiting.compareAndSet(task, null));
      } catch (ExecutionException e) {
        throw failure(e);
      }
    }
  }

  private static DeliveryException interrupted(boolean withdrawn) {
    return DeliveryException.retriable(
        FailureKind.UNREACHABLE,
        withdrawn
            ? "Interrupted: what was sent is not committed yet, and nothing was changed"
            : "Interrupted: the change may be stored or not",
        null);
  }

  private static RuntimeException failure(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException cause) {
      return cause;
    }
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(e);
  }

  /** Does what was submitted. Relay thread. */
  void take() {
    FutureTask<Boolean> task = waiting.getAndSet(null);
    if (task != null) {
      task.run();
    }
  }
}
