package io.binlogbroker.binlog.wire.connection;

import java.io.IOException;

/**
 * TLS is required and could not be established. A retry does not help; a different setting or
 * certificate does.
 */
public final class TlsFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  public TlsFailedException(String message) {
    super(message);
  }

  public TlsFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
