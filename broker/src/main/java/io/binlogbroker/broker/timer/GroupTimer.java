package io.binlogbroker.broker.timer;

import io.binlogbroker.engine.thread.GroupContext;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a step of a group's work again and again on a thread of its own. An exception of a step is
 * reported to the group's {@link io.binlogbroker.engine.thread.ThreadFailures}, and the next step
 * follows; an {@link Error} ends the thread and reaches its uncaught exception handler. {@link
 * #start} and the methods that close it belong to one thread.
 */
public final class GroupTimer implements AutoCloseable {
  private final String role;
  private final Duration delay;
  private final Duration period;
  private final Runnable step;
  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable Thread thread;
  private volatile @Nullable Runnable last;

  /**
   * @param role of the thread
   * @param delay before the first step
   * @param period from the end of a step to the beginning of the next one
   */
  public GroupTimer(String role, Duration delay, Duration period, Runnable step) {
    this.role = role;
    this.delay = delay;
    this.period = period;
    this.step = step;
  }

  /** Begins, for the group that the current thread works for. */
  public void start() {
    thread = GroupContext.newThread(role, this::run);
    thread.start();
  }

  private void run() {
    Duration pause = delay;
    while (!isEnded(pause)) {
      GroupContext.currentFailures().survive(step);
      pause = period;
    }
    Runnable finish = last;
    if (finish != null) {
      GroupContext.currentFailures().survive(finish);
    }
  }

  /** An interrupt that a step has left behind does not end the thread. */
  private boolean isEnded(Duration pause) {
    boolean interrupted = Thread.interrupted();
    try {
      return ended.await(interrupted ? 0 : pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return ended.getCount() == 0;
    }
  }

  /** Ends with the step in progress, which is interrupted. Returns immediately. */
  @Override
  public void close() {
    ended.countDown();
    if (thread != null) {
      thread.interrupt();
    }
  }

  /**
   * Ends after the step in progress and a last one, on the same thread; waits for that.
   *
   * @param limit after which both are interrupted; the same when the current thread is interrupted
   */
  public void closeAfter(Runnable lastStep, Duration limit) {
    last = lastStep;
    ended.countDown();
    Thread running = thread;
    if (running == null) {
      return;
    }
    try {
      running.join(limit.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running.interrupt();
  }
}
