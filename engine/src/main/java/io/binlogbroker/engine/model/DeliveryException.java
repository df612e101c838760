package io.binlogbroker.engine.model;

import org.jspecify.annotations.Nullable;

/** Delivery cannot continue. Says of which kind the failure is, and whether a retry may help. */
public final class DeliveryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Retry retry;
  private final boolean placed;
  private final FailureKind kind;

  private enum Retry {
    NEVER,
    LATER,
    AT_ONCE
  }

  private DeliveryException(
      Retry retry, boolean placed, FailureKind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.retry = retry;
    this.placed = placed;
    this.kind = kind;
  }

  /** A retry may help: a restart, an outage. The kind serves hosts that do not retry. */
  public static DeliveryException retriable(
      FailureKind kind, String message, @Nullable Throwable cause) {
    return new DeliveryException(Retry.LATER, false, kind, message, cause);
  }

  /** No retry helps before somebody has fixed what the message names. */
  public static DeliveryException fatal(FailureKind kind, String message) {
    return new DeliveryException(Retry.NEVER, false, kind, message, null);
  }

  /** As {@link #fatal(FailureKind, String)}, with what brought it about. */
  public static DeliveryException fatal(
      FailureKind kind, String message, @Nullable Throwable cause) {
    return new DeliveryException(Retry.NEVER, false, kind, message, cause);
  }

  /** Nothing failed, but what is not committed must be read and delivered again. */
  public static DeliveryException redeliver(String message) {
    return new DeliveryException(Retry.AT_ONCE, true, FailureKind.UNDELIVERABLE, message, null);
  }

  /** Kafka would turn away what a former master sends, once another has begun. */
  public static DeliveryException notMaster() {
    return retriable(
        FailureKind.FENCED, "This broker is no longer master: nothing more is delivered", null);
  }

  /** The same failure, with where it happened added to its message unless that is known. */
  public DeliveryException at(String where) {
    return placed
        ? this
        : new DeliveryException(retry, true, kind, getMessage() + " (" + where + ")", getCause());
  }

  /** The same failure, which is about something before the row at hand: no place is added to it. */
  public DeliveryException withoutPlace() {
    return new DeliveryException(retry, true, kind, String.valueOf(getMessage()), getCause());
  }

  /** The same failure, which a retry may help after all. */
  public DeliveryException asRetriable() {
    return new DeliveryException(
        Retry.LATER, placed, kind, String.valueOf(getMessage()), getCause());
  }

  public boolean isRetriable() {
    return retry != Retry.NEVER;
  }

  /** Whether nothing failed, and what is not committed is only to be done again. */
  public boolean retryImmediately() {
    return retry == Retry.AT_ONCE;
  }

  public FailureKind kind() {
    return kind;
  }
}
