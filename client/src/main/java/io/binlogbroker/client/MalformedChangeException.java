package io.binlogbroker.client;

import org.jspecify.annotations.Nullable;

/** A message is not a change in any of the broker's formats. */
public final class MalformedChangeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception that describes the message. */
  public MalformedChangeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
