package io.binlogbroker.cli.terminal;

import io.binlogbroker.broker.ha.StopSignal;
import java.time.Duration;

/**
 * Turns Ctrl-C and SIGTERM into a stop signal and keeps the JVM alive until the work has cleaned
 * up. Used by the working thread.
 */
public final class Interrupts implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final StopSignal stop;
  private final StopSignal ended = new StopSignal();
  private final Thread hook = new Thread(this::stopAndWait, "interrupts");
  private volatile int exitCode = ExitCode.INTERNAL.number();

  /**
   * @param stop raised when the process is interrupted
   */
  public Interrupts(StopSignal stop) {
    this.stop = stop;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Sets the exit code for an interrupted process. */
  public void endWith(int newExitCode) {
    exitCode = newExitCode;
  }

  private void stopAndWait() {
    stop.raise();
    if (ended.await(LIMIT)) {
      // Otherwise the JVM would report the signal instead of the work's exit code.
      Runtime.getRuntime().halt(exitCode);
    }
  }

  @Override
  public void close() {
    ended.raise();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is already running: it ends the process, and this thread only waits for that.
      stop.raise();
    }
  }
}
