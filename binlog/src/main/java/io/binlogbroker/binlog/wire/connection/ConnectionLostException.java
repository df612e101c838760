package io.binlogbroker.binlog.wire.connection;

import java.io.IOException;

/** An open connection was closed or timed out. A new connection may succeed. */
public final class ConnectionLostException extends IOException {
  private static final long serialVersionUID = 1L;

  public ConnectionLostException(String message) {
    super(message);
  }

  public ConnectionLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
