package io.binlogbroker.broker.http.action;

import io.binlogbroker.broker.admin.GroupControl;
import io.binlogbroker.engine.thread.ThreadFailures;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out actions one after the other on the thread {@code http-actions}, and logs each with
 * its result. Any thread may submit.
 */
public final class ActionWorker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ActionWorker.class);
  private static final int MOST_WAITING = 8;
  private static final long IDLE_SECONDS = 10;

  private final ThreadFailures failures;
  private final ThreadPoolExecutor executor;

  public ActionWorker(ThreadFailures failures) {
    this.failures = failures;
    this.executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            ActionWorker::thread);
    executor.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "http-actions");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Has an action carried out.
   *
   * @param result completed with its result, on the worker's thread, or at once with a refusal when
   *     too many actions wait
   * @return interrupts the action, unless it has ended
   */
  public Runnable submit(
      GroupControl group, ActionRequest request, CompletableFuture<ActionResult> result) {
    ActionTask task = new ActionTask(() -> result.complete(run(group, request)));
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      result.complete(
          ActionResult.refused(503, "other actions are in progress; fix: try again later"));
    }
    return () -> task.cancel(true);
  }

  /** A JVM error in an action reaches the thread's uncaught exception handler. */
  private static final class ActionTask extends FutureTask<Boolean> {
    ActionTask(Callable<Boolean> work) {
      super(work);
    }

    @Override
    protected void setException(Throwable failure) {
      super.setException(failure);
      if (failure instanceof Error error) {
        throw error;
      }
    }
  }

  private ActionResult run(GroupControl group, ActionRequest request) {
    ActionResult result;
    try {
      result = request.action().run(group, request);
    } catch (RuntimeException e) {
      result = ActionResult.of(e);
      if (result.status() == 500) {
        failures.add(e);
      }
    }
    log.info("Action {}: {} {}", request, result.status(), oneLine(result.text()));
    return result;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  /** Interrupts the action in progress. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
