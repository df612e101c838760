package io.binlogbroker.client;

import org.jspecify.annotations.Nullable;

/** A row does not fit the class that a handler wants; names the column, the value and the type. */
public final class MappingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MappingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
