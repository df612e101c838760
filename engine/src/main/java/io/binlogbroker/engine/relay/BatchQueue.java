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
  /** Maximum bytes in the queue; a single larger batch is accepted as well. */
  private static final long MOST_BYTES = 4 << 20;

  private static final int MOST_BATCHES = 64;

  private final Deque<Batch> waiting = new ArrayDeque<>();
  private long bytesUnderWay;
  private int underWay;
  private int commitsUnderWay;
  private boolean closed;
  private @Nullable Throwable failure;

  /** Waits for space, then adds a batch. Throws the sender's failure. */
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

  /** Whether a commit is queued or in progress; false once the sender has failed. */
  synchronized boolean hasCommit() {
    return commitsUnderWay > 0 && failure == null;
  }

  /** Bytes of the messages that are queued or being processed. */
  synchronized long bytes() {
    return bytesUnderWay;
  }

  /** Waits until all batches are processed. Throws the sender's failure. */
  synchronized void awaitDone() throws InterruptedException {
    throwFailure();
    while (underWay > 0) {
      wait();
      throwFailure();
    }
  }

  /** Waits for the next batch; null once the queue is closed. */
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
   * Makes all current and future calls of the relay thread fail.
   *
   * @param cause unchecked
   */
  synchronized void fail(Throwable cause) {
    failure = cause;
    notifyAll();
  }

  /** Closes the queue; batches that are still queued are not processed. */
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
