package io.binlogbroker.cli.group;

/** An incomplete or invalid command line; its message is for the user. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
