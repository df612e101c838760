package io.binlogbroker.demo;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work on a named thread of its own, whose failure is kept for whoever asks. Any thread. */
final class Worker {
  private final String name;
  private final FutureTask<Void> task;
  private final Thread thread;

  private Worker(String name, Runnable work) {
    this.name = name;
    this.task = new FutureTask<>(work, null);
    this.thread = new Thread(task, name);
    thread.setDaemon(true);
  }

  static Worker start(String name, Runnable work) {
    Worker worker = new Worker(name, work);
    worker.thread.start();
    return worker;
  }

  boolean isDone() {
    return task.isDone();
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Throws what the work has failed with, if it has. */
  void check() {
    if (task.isDone()) {
      await(Duration.ZERO);
    }
  }

  /**
   * Waits for the end of the work, however it ends.
   *
   * @return whether it came in time
   */
  boolean awaitEnd(Duration limit) {
    try {
      thread.join(limit.toMillis());
      return !thread.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits for the end of the work, and throws what it has failed with. */
  void await(Duration limit) {
    try {
      task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("The thread " + name + " failed", e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "Expected the thread " + name + " to end within " + limit.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the thread " + name, e);
    }
  }
}
