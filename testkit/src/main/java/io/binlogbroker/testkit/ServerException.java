package io.binlogbroker.testkit;

import org.jspecify.annotations.Nullable;

/** A server could not be fetched, started, asked or stopped; the message says what to do. */
public final class ServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ServerException(String message) {
    super(message);
  }

  ServerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
