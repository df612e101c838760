package io.binlogbroker.broker.etcd;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * The time to wait for the answer to a request.
 *
 * @param isCancelled polled during the wait; ends it early
 */
record RequestTimeout(Duration limit, BooleanSupplier isCancelled) {
  private static final long POLL_MILLIS = 50;

  static RequestTimeout of(Duration limit) {
    return new RequestTimeout(limit, () -> false);
  }

  <T> T await(CompletableFuture<T> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      try {
        return answer.get(Math.max(0, Math.min(left, POLL_MILLIS)), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (left <= 0 || isCancelled.getAsBoolean()) {
          throw e;
        }
      }
    }
  }
}
