package io.binlogbroker.client;

/**
 * What follows when Kafka no longer has messages that a consumer has not handled: retention or
 * somebody deleted them, or the topic was deleted and created again.
 */
public enum LostMessagesPolicy {
  /** The run ends with a {@link LostMessagesException}; what came before them is handled. */
  STOP,
  /**
   * The run continues at the first message that Kafka has; a warning in the log says what is
   * missing.
   */
  CONTINUE
}
