package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.model.Position;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages in order, and the position to commit after them. Filled by one thread, then processed by
 * another.
 */
final class Batch {
  private static final int MESSAGES = 256;
  private static final long BYTES = 128 << 10;

  private final Message[] messages = new Message[MESSAGES];
  private final Set<String> topics = new HashSet<>();
  private String lastTopic = "";
  private int size;
  private long bytes;
  private Map<String, byte[]> states = Map.of();
  private @Nullable Position commit;

  void add(Message message) {
    messages[size++] = message;
    bytes += message.bytes();
    addTopic(message);
  }

  private void addTopic(Message message) {
    // Most messages have the same topic as the previous one, and then its name is the same object.
    if (message.topic() != lastTopic) {
      lastTopic = message.topic();
      topics.add(lastTopic);
    }
  }

  /** Adds a state to be stored after the messages. */
  void store(String name, byte[] state) {
    if (states.isEmpty()) {
      states = new LinkedHashMap<>();
    }
    states.put(name, state);
  }

  /** The states to store after the messages, by name. */
  Map<String, byte[]> states() {
    return states;
  }

  /** Drops the newest messages, down to a number of messages. */
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

  /** Sets the position to commit after the messages; no more messages may be added. */
  void commit(Position position) {
    commit = position;
  }

  boolean isFull() {
    return size == MESSAGES || bytes >= BYTES;
  }

  boolean isEmpty() {
    return size == 0 && commit == null && states.isEmpty();
  }

  Message message(int index) {
    return messages[index];
  }

  /** The topics of the messages. */
  Set<String> topics() {
    return topics;
  }

  @Nullable Position commit() {
    return commit;
  }

  /** The size of the messages in bytes. */
  long bytes() {
    return bytes;
  }
}
