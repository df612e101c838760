package io.binlogbroker.client.mapping;

import org.jspecify.annotations.Nullable;

/** A value does not fit a type; says why, while the caller knows the column. */
final class MisfitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MisfitException(String message) {
    this(message, null);
  }

  MisfitException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
