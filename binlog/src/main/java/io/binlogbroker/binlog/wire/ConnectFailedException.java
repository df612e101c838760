package io.binlogbroker.binlog.wire;

import java.io.IOException;

/** No connection came about. It may later: the server may be starting, the network fixing. */
public final class ConnectFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What stood in the way. */
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
