package io.binlogbroker.engine.relay;

import java.util.List;

/**
 * Messages that are passed on at once. The list must not be modified.
 *
 * @param bytes of their keys and values
 */
public record MessageBlock(List<Message> messages, long bytes) {
  public static final MessageBlock EMPTY = new MessageBlock(List.of(), 0);

  public static MessageBlock of(List<Message> messages) {
    return new MessageBlock(messages, messages.stream().mapToLong(Message::bytes).sum());
  }
}
