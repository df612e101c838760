package io.binlogbroker.client.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A thread that handles the submitted tasks in order. */
final class HandlerThread implements Runnable {
  private static final long STEP_MILLIS = 100;

  private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final TaskRunner runner;
  private final RunState state;
  private final int batchSize;
  private final Thread thread;

  HandlerThread(String name, TaskRunner runner, RunState state, int batchSize) {
    this.runner = runner;
    this.state = state;
    this.batchSize = batchSize;
    this.thread = new Thread(this, name);
  }

  void start() {
    thread.start();
  }

  void submit(Task task) {
    tasks.add(task);
  }

  boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  @Override
  public void run() {
    List<Task> taken = new ArrayList<>();
    try {
      while (!ended.get() || !tasks.isEmpty()) {
        Task first = tasks.poll(STEP_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          taken.add(first);
          tasks.drainTo(taken, batchSize - 1);
          runner.run(taken);
          taken.clear();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      state.failed(new IllegalStateException("A handler was interrupted", e));
    } catch (Throwable e) { // The top of the thread: whatever ends it ends the run.
      state.failed(new IllegalStateException("A handler ended its thread: " + e, e));
    }
  }

  /** Ends the thread after the submitted tasks. */
  void end() {
    ended.set(true);
  }

  /**
   * Waits for the end of the thread, and interrupts it if that takes too long.
   *
   * @return whether it has ended
   */
  boolean awaitEnd(long nanos) throws InterruptedException {
    thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
    if (thread.isAlive()) {
      thread.interrupt();
    }
    return !thread.isAlive();
  }
}
