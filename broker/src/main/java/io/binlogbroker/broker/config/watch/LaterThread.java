package io.binlogbroker.broker.config.watch;

import io.binlogbroker.engine.relay.ThreadFailures;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The thread {@code config-check}, which does not keep the process alive. */
final class LaterThread implements Later {
  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(1, LaterThread::thread);

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "config-check");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void run(Duration after, Runnable work) {
    if (!executor.isShutdown()) {
      var unused = executor.schedule(() -> tell(work), after.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** The executor would keep an internal error to itself. */
  private static void tell(Runnable work) {
    try {
      work.run();
    } catch (Throwable e) {
      ThreadFailures.ofProcess().add(e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
