package io.binlogbroker.client.mapping;

import org.jspecify.annotations.Nullable;

/** A value does not fit a type; the message gives the reason, the caller adds the column. */
final class ConversionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ConversionException(String message) {
    this(message, null);
  }

  ConversionException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
