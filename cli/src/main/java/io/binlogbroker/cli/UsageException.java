package io.binlogbroker.cli;

/** An incomplete or invalid command line; its message is for the user. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
