package io.binlogbroker.binlog.wire.login;

import java.io.IOException;

/**
 * The client refuses the login method that the server requests. A retry does not help; a different
 * setting does.
 */
public final class LoginRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  public LoginRefusedException(String message) {
    super(message);
  }

  public LoginRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
