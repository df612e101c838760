package io.binlogbroker.broker.http.action;

/** Thrown when the body or the headers of an action are not what was expected. */
final class InvalidBodyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidBodyException(String message) {
    super(message);
  }
}
