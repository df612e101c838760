package io.binlogbroker.cli;

/** A command line that says too little or what is not possible; its text is for the user. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
