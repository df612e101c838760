package io.binlogbroker.engine.route;

/** A table's topic name is invalid or in use; a retry does not help, the rules must change. */
public final class TopicNameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TopicNameException(String message) {
    super(message);
  }
}
