package io.binlogbroker.broker.admin;

/** Thrown when an action does not apply to the present state; the message names that state. */
public final class ConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConflictException(String message) {
    super(message);
  }
}
