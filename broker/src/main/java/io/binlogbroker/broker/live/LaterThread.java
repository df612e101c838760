package io.binlogbroker.broker.live;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread {@code config-check}, which does not keep the process alive. */
final class LaterThread implements Later {
  private static final Logger log = LoggerFactory.getLogger(LaterThread.class);

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

  /** The executor would keep a fault of ours to itself. */
  private static void tell(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.error("A fault of the program: {}; the log file says where", e.toString(), e);
      throw e;
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
