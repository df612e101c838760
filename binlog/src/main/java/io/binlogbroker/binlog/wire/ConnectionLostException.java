package io.binlogbroker.binlog.wire;

import java.io.IOException;

/** An open connection ended or fell silent. A new one may well work. */
public final class ConnectionLostException extends IOException {
  private static final long serialVersionUID = 1L;

  public ConnectionLostException(String message) {
    super(message);
  }

  public ConnectionLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
