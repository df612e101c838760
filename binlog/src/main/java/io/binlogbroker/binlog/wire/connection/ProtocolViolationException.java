package io.binlogbroker.binlog.wire.connection;

import java.io.IOException;

/** The peer violated the protocol or exceeded a limit. A retry does not help. */
public final class ProtocolViolationException extends IOException {
  private static final long serialVersionUID = 1L;

  public ProtocolViolationException(String message) {
    super(message);
  }

  public ProtocolViolationException(String message, Throwable cause) {
    super(message, cause);
  }
}
