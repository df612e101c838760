package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.model.DeliveryException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of batches from the relay thread to the sender thread. Any thread; each method
 * holds the lock for a few lines.
 */
final class BatchQueue {
  /** What may be under way besides one batch of any size. */
  private static final long MOST_BYTES = 4 << 20;

  private static final int MOST_BATCHES = 64;

  private final Deque<Batch> waiting = new ArrayDeque<>();
  private long bytesUnderWay;
  private int underWay;
  private int commitsUnderWay;
  private boolean closed;
  private @Nullable Throwable failure;

  /** Waits for room; fails as the sender did. */
  synchronized void put(Batch batch) throws InterruptedException {
    throwFailure();
    while (!hasRoom(batch)) {
      wait();
      throwFailure();
    }
    waiting.add(batch);
    underWay++;
    commitsUnderWay += commits(batch);
    bytesUnderWay += batch.bytes();
    notifyAll();
  }

  private boolean hasRoom(Batch batch) {
    return underWay == 0
        || (underWay < MOST_BATCHES && bytesUnderWay + batch.bytes() <= MOST_BYTES);
  }

  private static int commits(Batch batch) {
    return batch.commit() == null ? 0 : 1;
  }

  /** Whether a commit waits or is carried out; no longer once the sender has failed. */
  synchronized boolean hasCommit() {
    return commitsUnderWay > 0 && failure == null;
  }

  /** Waits until all batches are carried out; fails as the sender did. */
  synchronized void awaitDone() throws InterruptedException {
    throwFailure();
    while (underWay > 0) {
      wait();
      throwFailure();
    }
  }

  /** Waits for the next batch; null once there is to be none. */
  synchronized @Nullable Batch take() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    return closed ? null : waiting.remove();
  }

  synchronized void done(Batch batch) {
    underWay--;
    commitsUnderWay -= commits(batch);
    bytesUnderWay -= batch.bytes();
    notifyAll();
  }

  /**
   * Lets everything that is handed over or waited for from now on fail.
   *
   * @param cause unchecked
   */
  synchronized void fail(Throwable cause) {
    failure = cause;
    notifyAll();
  }

  /** What still waits is never taken. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  private void throwFailure() {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof DeliveryException delivery) {
      throw delivery.withoutPlace();
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }
}
