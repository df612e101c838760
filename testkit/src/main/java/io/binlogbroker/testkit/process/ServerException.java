package io.binlogbroker.testkit.process;

import org.jspecify.annotations.Nullable;

/** A server could not be downloaded, started, queried or stopped; the message names the fix. */
public final class ServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean isPortTaken;

  public ServerException(String message) {
    this(message, null);
  }

  public ServerException(String message, @Nullable Throwable cause) {
    this(message, cause, false);
  }

  private ServerException(String message, @Nullable Throwable cause, boolean isPortTaken) {
    super(message, cause);
    this.isPortTaken = isPortTaken;
  }

  /** A server could not listen on its port, because another process uses it. */
  static ServerException portTaken(String message) {
    return new ServerException(message, null, true);
  }

  public boolean isPortTaken() {
    return isPortTaken;
  }
}
