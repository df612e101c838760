package io.binlogbroker.engine.relay;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Internal errors that threads beside the relay thread met: logged, counted, and named in status
 * and metrics, while the thread's loop continues. Any thread.
 */
public final class ThreadFailures {
  private static final Logger log = LoggerFactory.getLogger(ThreadFailures.class);

  private long count;
  private @Nullable String last;
  private @Nullable String lastPlace;

  /**
   * Reports what the current thread met; of the same one again and again only the first is logged.
   */
  public void add(Throwable failure) {
    add(Thread.currentThread().getName(), failure);
  }

  /** Reports what a thread met. */
  public void add(String thread, Throwable failure) {
    if (isRepeated(thread, failure)) {
      log.debug("Thread {} met the same again", thread, failure);
      return;
    }
    log.error(
        "Thread {} met an internal error: {}; please report it with the log file, which says where",
        thread,
        failure,
        failure);
  }

  /** Runs a step of a thread's loop, which continues whatever exception the step ends with. */
  public void survive(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      add(e);
    }
  }

  /** How many there were. */
  public synchronized long count() {
    return count;
  }

  /** Thread and kind of the last one, never its message; null when there was none. */
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
