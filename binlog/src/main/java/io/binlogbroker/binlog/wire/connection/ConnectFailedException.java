package io.binlogbroker.binlog.wire.connection;

import java.io.IOException;

/** A connection could not be opened. A retry may succeed, e.g. while the server is starting. */
public final class ConnectFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why the connection could not be opened. */
  public enum Reason {
    UNKNOWN_HOST,
    REFUSED,
    TIMEOUT,
    UNREACHABLE
  }

  private final Reason reason;

  public ConnectFailedException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
