package io.binlogbroker.demo;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A task on its own named thread, which keeps its failure until it is checked. Any thread. */
final class BackgroundTask {
  private final String name;
  private final FutureTask<Void> task;
  private final Thread thread;

  private BackgroundTask(String name, Runnable action) {
    this.name = name;
    this.task = new FutureTask<>(action, null);
    this.thread = new Thread(task, name);
    thread.setDaemon(true);
  }

  static BackgroundTask start(String name, Runnable action) {
    BackgroundTask started = new BackgroundTask(name, action);
    started.thread.start();
    return started;
  }

  boolean isDone() {
    return task.isDone();
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Throws the exception with which the task failed, if it did. */
  void check() {
    if (task.isDone()) {
      await(Duration.ZERO);
    }
  }

  /**
   * Waits for the end of the task, whether it fails or not.
   *
   * @return whether it ended in time
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

  /** Waits for the end of the task, and throws the exception with which it failed. */
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
