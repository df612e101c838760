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

  private final Message[] messages;
  private int size;
  private long bytes;
  private Map<String, byte[]> states = Map.of();
  private @Nullable Position commit;

  Batch() {
    messages = new Message[MESSAGES];
  }

  /** A full batch. */
  Batch(MessageBlock block) {
    messages = block.messages().toArray(Message[]::new);
    size = messages.length;
    bytes = block.bytes();
  }

  void add(Message message) {
    messages[size++] = message;
    bytes += message.bytes();
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
  }

  int size() {
    return size;
  }

  /** Sets the position to commit after the messages; no more messages may be added. */
  void commit(Position position) {
    commit = position;
  }

  boolean isFull() {
    return size == messages.length || bytes >= BYTES;
  }

  boolean isEmpty() {
    return size == 0 && commit == null && states.isEmpty();
  }

  Message message(int index) {
    return messages[index];
  }

  /** The topics of the messages. */
  Set<String> topics() {
    Set<String> topics = new HashSet<>();
    String last = "";
    for (int i = 0; i < size; i++) {
      String topic = messages[i].topic();
      // Most messages have the same topic as the previous one: then its name is the same object.
      if (topic != last) {
        topics.add(topic);
        last = topic;
      }
    }
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
