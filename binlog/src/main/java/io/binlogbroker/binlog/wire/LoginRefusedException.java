package io.binlogbroker.binlog.wire;

import java.io.IOException;

/** This side will not log in the way the server asks. No retry helps; a setting does. */
public final class LoginRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  public LoginRefusedException(String message) {
    super(message);
  }

  public LoginRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
