package io.binlogbroker.client;

import org.jspecify.annotations.Nullable;

/** A row does not fit the class of a handler, or rows cannot be mapped to that class at all. */
public final class MappingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception that describes what does not fit. */
  public MappingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
