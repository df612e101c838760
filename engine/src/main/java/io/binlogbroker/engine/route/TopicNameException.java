package io.binlogbroker.engine.route;

/** A table's topic cannot be named as the rules say; no retry helps, the rules must change. */
public final class TopicNameException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TopicNameException(String message) {
    super(message);
  }
}
