package io.binlogbroker.cli;

import io.binlogbroker.cli.terminal.ExitCode;
import io.binlogbroker.engine.thread.ThreadFailures;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the broker on its own thread until it ends or the process is signalled; then the broker gets
 * a limited time to finish. Used once, by the main thread.
 */
final class Daemon {
  private static final Logger log = LoggerFactory.getLogger(Daemon.class);

  // Together less than the documented five seconds for a stop.
  private static final Duration FINISH = Duration.ofSeconds(4);
  private static final Duration GIVE_UP = Duration.ofMillis(500);

  private final Supplier<ExitCode> work;
  private final Runnable stop;
  private final Duration finishTimeout;
  private final Thread worker = new Thread(this::work, "server");
  private volatile ExitCode exitCode = ExitCode.OK;

  /**
   * @param work returns the exit code when it has stopped
   * @param stop stops the work, called on another thread
   */
  Daemon(Supplier<ExitCode> work, Runnable stop) {
    this(work, stop, FINISH);
  }

  Daemon(Supplier<ExitCode> work, Runnable stop, Duration finishTimeout) {
    this.work = work;
    this.stop = stop;
    this.finishTimeout = finishTimeout;
  }

  /**
   * Runs the work and logs the failure that ended it. After a signal the process ends without
   * returning from here.
   */
  ExitCode run() {
    Thread hook = new Thread(this::end, "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    worker.start();
    try {
      worker.join();
    } catch (InterruptedException e) {
      finish();
      Thread.currentThread().interrupt();
    }
    forget(hook);
    return exitCode;
  }

  /** Stops the work gracefully, or by an interrupt if that takes too long. */
  void finish() {
    if (!worker.isAlive()) {
      return;
    }
    log.info("Stopping");
    stop.run();
    if (await(finishTimeout)) {
      return;
    }
    log.warn(
        "The current work did not finish within {} ms and is interrupted; the next start delivers"
            + " it",
        finishTimeout.toMillis());
    worker.interrupt();
    await(GIVE_UP);
  }

  /** Whether the work ended in time. */
  private boolean await(Duration time) {
    try {
      worker.join(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !worker.isAlive();
  }

  /**
   * Ends the work because another thread died of an unexpected failure: the broker must not
   * continue without it. Called by that thread.
   */
  void fail(Thread dead, Throwable failure) {
    new ThreadFailures().add(dead.getName(), failure);
    exitCode = ExitCode.INTERNAL;
    finish();
  }

  private void work() {
    try {
      ExitCode end = work.get();
      if (end != ExitCode.OK) {
        exitCode = end;
      }
    } catch (Throwable e) {
      exitCode = Failures.log(e);
    }
  }

  /** Without this, the JVM would exit with 143 at SIGTERM even after a clean stop. */
  private void end() {
    try {
      finish();
      Logging.stop();
    } finally {
      Runtime.getRuntime().halt(exitCode.number());
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      log.debug("The process is already ending by the shutdown hook", e);
    }
  }
}
