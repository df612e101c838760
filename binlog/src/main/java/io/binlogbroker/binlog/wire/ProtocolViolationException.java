package io.binlogbroker.binlog.wire;

import java.io.IOException;

/** The peer sent what the protocol does not allow, or more than the limit. No retry helps. */
public final class ProtocolViolationException extends IOException {
  private static final long serialVersionUID = 1L;

  public ProtocolViolationException(String message) {
    super(message);
  }

  public ProtocolViolationException(String message, Throwable cause) {
    super(message, cause);
  }
}
