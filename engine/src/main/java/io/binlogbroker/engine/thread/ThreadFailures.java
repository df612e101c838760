package io.binlogbroker.engine.thread;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Internal errors in threads other than the relay thread: logged, counted, and reported in status
 * and metrics, while the thread's loop continues. Any thread.
 */
public final class ThreadFailures {
  private static final Logger log = LoggerFactory.getLogger(ThreadFailures.class);

  private long count;
  private @Nullable String last;
  private @Nullable String lastPlace;

  /**
   * Reports an error in the current thread; of repeated identical errors only the first is logged.
   */
  public void add(Throwable failure) {
    add(Thread.currentThread().getName(), failure);
  }

  /** Reports an error in a thread. */
  public void add(String thread, Throwable failure) {
    if (isRepeated(thread, failure)) {
      log.debug("The same error in thread {} again", thread, failure);
      return;
    }
    log.error(
        "Internal error in thread {}: {}; please report it with the log file, which has the stack trace",
        thread,
        failure,
        failure);
  }

  /** Runs a step of a thread's loop, which continues after any exception of the step. */
  public void survive(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      add(e);
    }
  }

  /** The number of internal errors. */
  public synchronized long count() {
    return count;
  }

  /** The thread and kind of the last error, never its message; null when there was none. */
  public synchronized @Nullable String last() {
    return last;
  }

  private synchronized boolean isRepeated(String thread, Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    count++;
    last = thread + ": " + failure.getClass().getName();
    String place = last + (trace.length == 0 ? "" : trace[0]);
    boolean repeated = place.equals(lastPlace);
    lastPlace = place;
    return repeated;
  }
}
