package io.binlogbroker.broker.relay;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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
  private int size;
  private long bytes;
  private @Nullable Position commit;

  void add(Message message) {
    messages[size++] = message;
    bytes += message.bytes();
  }

  /** Drops the newest messages, so that so many stay. */
  void truncate(int newSize) {
    while (size > newSize) {
      bytes -= messages[--size].bytes();
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

  List<Message> messages() {
    return Arrays.asList(messages).subList(0, size);
  }

  /** Where the messages go. */
  Set<String> topics() {
    Set<String> topics = new HashSet<>();
    String last = "";
    for (Message message : messages()) {
      // Most go where the one before went, which is the same object.
      if (message.topic() != last) {
        last = message.topic();
        topics.add(last);
      }
    }
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
