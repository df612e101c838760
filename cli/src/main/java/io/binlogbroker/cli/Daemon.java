package io.binlogbroker.cli;

import io.binlogbroker.cli.terminal.ExitCode;
import io.binlogbroker.engine.relay.ThreadFailures;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a server work on a thread of its own until it ends, or until the process is told to: then
 * the broker may finish, in bounded time. Used once, by the main thread.
 */
final class Daemon {
  private static final Logger log = LoggerFactory.getLogger(Daemon.class);

  // Together below the five seconds in which a stop is promised.
  private static final Duration FINISH = Duration.ofSeconds(4);
  private static final Duration GIVE_UP = Duration.ofMillis(500);

  private final Supplier<ExitCode> work;
  private final Runnable stop;
  private final Duration patience;
  private final Thread worker = new Thread(this::work, "server");
  private volatile ExitCode exitCode = ExitCode.OK;

  /**
   * @param work returns when it was stopped, with what the process is to exit with
   * @param stop ends the work, from another thread
   */
  Daemon(Supplier<ExitCode> work, Runnable stop) {
    this(work, stop, FINISH);
  }

  Daemon(Supplier<ExitCode> work, Runnable stop, Duration patience) {
    this.work = work;
    this.stop = stop;
    this.patience = patience;
  }

  /** Works; what ended it is logged. At a signal the process ends without a return. */
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

  /** Stops the work: gracefully, and if that takes too long, by an interrupt. */
  void finish() {
    if (!worker.isAlive()) {
      return;
    }
    log.info("Stopping");
    stop.run();
    if (await(patience)) {
      return;
    }
    log.warn(
        "What is under way does not end in {} ms and is given up; the next start delivers it",
        patience.toMillis());
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
   * Ends the work because another thread has died of what nobody expected: the broker must not go
   * on without it. Called by that thread.
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

  /** Without this the JVM would end with 143 at SIGTERM, however well the work ended. */
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
      log.debug("The process is ending already, by the hook", e);
    }
  }
}
