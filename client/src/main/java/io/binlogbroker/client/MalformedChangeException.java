package io.binlogbroker.client;

import org.jspecify.annotations.Nullable;

/** A message is not a change in the format that was expected. */
public final class MalformedChangeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MalformedChangeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
