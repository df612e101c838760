package io.binlogbroker.broker.relay;

import org.jspecify.annotations.Nullable;

/** A term cannot go on; tells whether it may be tried again, and what to exit with if not. */
public final class RelayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean passing;
  private final ExitCode exitCode;

  private RelayException(
      boolean passing, ExitCode exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.passing = passing;
    this.exitCode = exitCode;
  }

  /** A retry may help: a restart, an outage. The exit code serves commands that do not retry. */
  public static RelayException passing(
      ExitCode exitCode, String message, @Nullable Throwable cause) {
    return new RelayException(true, exitCode, message, cause);
  }

  /** No retry helps before somebody has mended what the message names. */
  public static RelayException fatal(ExitCode exitCode, String message) {
    return new RelayException(false, exitCode, message, null);
  }

  /** As {@link #fatal(ExitCode, String)}, with what brought it about. */
  public static RelayException fatal(ExitCode exitCode, String message, @Nullable Throwable cause) {
    return new RelayException(false, exitCode, message, cause);
  }

  /** The same failure, with where it happened added to its message. */
  RelayException at(String where) {
    return new RelayException(passing, exitCode, getMessage() + " (" + where + ")", getCause());
  }

  /** The same failure, which a retry may help after all. */
  RelayException asPassing() {
    return new RelayException(true, exitCode, String.valueOf(getMessage()), getCause());
  }

  public boolean isPassing() {
    return passing;
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
