package io.binlogbroker.client;

/**
 * What to do when Kafka no longer has messages that a consumer has not handled: they were deleted,
 * by retention or on request, or the topic was deleted and recreated.
 */
public enum LostMessagesPolicy {
  /** Handle the messages before them, then end the run with a {@link LostMessagesException}. */
  STOP,
  /** Continue at the first message that Kafka has, and log what is missing as a warning. */
  CONTINUE
}
