package io.binlogbroker.cli.terminal;

import io.binlogbroker.broker.ha.StopSignal;
import java.time.Duration;

/**
 * Turns Ctrl-C and SIGTERM into a stop signal, and keeps the JVM alive until the work has cleaned
 * up after itself. Opened, told and closed by the thread that works.
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

  /** What the process exits with if it is being interrupted. */
  public void endWith(int newExitCode) {
    exitCode = newExitCode;
  }

  private void stopAndWait() {
    stop.raise();
    if (ended.await(LIMIT)) {
      // Left to itself, the JVM would report the signal instead of how the work has ended.
      Runtime.getRuntime().halt(exitCode);
    }
  }

  @Override
  public void close() {
    ended.raise();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook runs already: it ends the process, and this thread may only wait for that.
      stop.raise();
    }
  }
}
