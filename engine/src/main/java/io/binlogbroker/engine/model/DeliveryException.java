package io.binlogbroker.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when delivery cannot continue, with the kind of the failure and whether a retry may help.
 */
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

  /**
   * A failure that a retry may resolve: a restart, an outage. The kind is for hosts that do not
   * retry.
   */
  public static DeliveryException retriable(
      FailureKind kind, String message, @Nullable Throwable cause) {
    return new DeliveryException(Retry.LATER, false, kind, message, cause);
  }

  /** A failure that no retry resolves until the cause in the message is fixed. */
  public static DeliveryException fatal(FailureKind kind, String message) {
    return new DeliveryException(Retry.NEVER, false, kind, message, null);
  }

  /** As {@link #fatal(FailureKind, String)}, with its cause. */
  public static DeliveryException fatal(
      FailureKind kind, String message, @Nullable Throwable cause) {
    return new DeliveryException(Retry.NEVER, false, kind, message, cause);
  }

  /** No failure, but the uncommitted changes must be read and delivered again. */
  public static DeliveryException redeliver(String message) {
    return new DeliveryException(Retry.AT_ONCE, true, FailureKind.UNDELIVERABLE, message, null);
  }

  /**
   * This broker is no longer the master; once another one has started, Kafka rejects its messages.
   */
  public static DeliveryException notMaster() {
    return retriable(
        FailureKind.FENCED, "This broker is no longer master: nothing more is delivered", null);
  }

  /** The same failure with its position added to the message, unless it already has one. */
  public DeliveryException at(String where) {
    return placed
        ? this
        : new DeliveryException(retry, true, kind, getMessage() + " (" + where + ")", getCause());
  }

  /** The same failure, marked as one of an earlier row: no position is added to it. */
  public DeliveryException withoutPlace() {
    return new DeliveryException(retry, true, kind, String.valueOf(getMessage()), getCause());
  }

  /** The same failure as a retriable one. */
  public DeliveryException asRetriable() {
    return new DeliveryException(
        Retry.LATER, placed, kind, String.valueOf(getMessage()), getCause());
  }

  public boolean isRetriable() {
    return retry != Retry.NEVER;
  }

  /** Whether this is no failure, and the uncommitted changes only have to be delivered again. */
  public boolean retryImmediately() {
    return retry == Retry.AT_ONCE;
  }

  public FailureKind kind() {
    return kind;
  }
}
