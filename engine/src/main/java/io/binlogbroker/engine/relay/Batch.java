package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.model.Position;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages in order, and the position to commit behind them. Filled by one thread, then carried out
 * by another.
 */
final class Batch {
  private static final int MESSAGES = 256;
  private static final long BYTES = 128 << 10;

  private final Message[] messages = new Message[MESSAGES];
  private final Set<String> topics = new HashSet<>();
  private String lastTopic = "";
  private int size;
  private long bytes;
  private @Nullable Position commit;

  void add(Message message) {
    messages[size++] = message;
    bytes += message.bytes();
    addTopic(message);
  }

  private void addTopic(Message message) {
    // Most go where the one before went, and its name is the same object.
    if (message.topic() != lastTopic) {
      lastTopic = message.topic();
      topics.add(lastTopic);
    }
  }

  /** Drops the newest messages, so that so many stay. */
  void truncate(int newSize) {
    while (size > newSize) {
      bytes -= messages[--size].bytes();
    }
    topics.clear();
    lastTopic = "";
    for (int i = 0; i < size; i++) {
      addTopic(messages[i]);
    }
  }

  int size() {
    return size;
  }

  /** Commits behind the messages; nothing may be added then. */
  void commit(Position position) {
    commit = position;
  }

  boolean isFull() {
    return size == MESSAGES || bytes >= BYTES;
  }

  boolean isEmpty() {
    return size == 0 && commit == null;
  }

  Message message(int index) {
    return messages[index];
  }

  /** Where the messages go. */
  Set<String> topics() {
    return topics;
  }

  @Nullable Position commit() {
    return commit;
  }

  /** Of the messages. */
  long bytes() {
    return bytes;
  }
}
