package io.binlogbroker.broker.relay;

import org.jspecify.annotations.Nullable;

/** A term cannot go on; tells whether it may be tried again, and what to exit with if not. */
public final class RelayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Retry retry;
  private final boolean placed;
  private final ExitCode exitCode;

  private enum Retry {
    NEVER,
    LATER,
    AT_ONCE
  }

  private RelayException(
      Retry retry, boolean placed, ExitCode exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.retry = retry;
    this.placed = placed;
    this.exitCode = exitCode;
  }

  /** A retry may help: a restart, an outage. The exit code serves commands that do not retry. */
  public static RelayException passing(
      ExitCode exitCode, String message, @Nullable Throwable cause) {
    return new RelayException(Retry.LATER, false, exitCode, message, cause);
  }

  /** No retry helps before somebody has fixed what the message names. */
  public static RelayException fatal(ExitCode exitCode, String message) {
    return new RelayException(Retry.NEVER, false, exitCode, message, null);
  }

  /** As {@link #fatal(ExitCode, String)}, with what brought it about. */
  public static RelayException fatal(ExitCode exitCode, String message, @Nullable Throwable cause) {
    return new RelayException(Retry.NEVER, false, exitCode, message, cause);
  }

  /** Nothing failed, but what is not committed must be read and delivered again. */
  static RelayException again(String message) {
    return new RelayException(Retry.AT_ONCE, true, ExitCode.UNDELIVERABLE, message, null);
  }

  /** Kafka would turn away what a former master sends, once another has begun. */
  static RelayException notMaster() {
    return passing(
        ExitCode.FENCED, "This broker is no longer master: nothing more is delivered", null);
  }

  /** The same failure, with where it happened added to its message unless that is known. */
  RelayException at(String where) {
    return placed
        ? this
        : new RelayException(retry, true, exitCode, getMessage() + " (" + where + ")", getCause());
  }

  /** The same failure, which is about something before the row at hand: no place is added to it. */
  public RelayException earlier() {
    return new RelayException(retry, true, exitCode, String.valueOf(getMessage()), getCause());
  }

  /** The same failure, which a retry may help after all. */
  RelayException asPassing() {
    return new RelayException(
        Retry.LATER, placed, exitCode, String.valueOf(getMessage()), getCause());
  }

  public boolean isPassing() {
    return retry != Retry.NEVER;
  }

  /** Whether nothing failed, and what is not committed is only to be done again. */
  boolean retryImmediately() {
    return retry == Retry.AT_ONCE;
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
