package io.binlogbroker.client;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Kafka no longer has messages that have not been read: retention or somebody deleted them, or the
 * topic was deleted and created again. Nothing behind them has been handled.
 */
public final class LostMessagesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final int partition;
  private final long expectedOffset;
  private final long availableOffset;

  /**
   * @param expectedOffset of the next message to read
   * @param availableOffset of the first one behind what is missing; below {@code expectedOffset}
   *     where the partition is another one than it was, so that all of it is to be read
   * @param message says what is missing and what to do
   */
  public LostMessagesException(
      String topic,
      int partition,
      long expectedOffset,
      long availableOffset,
      String message,
      @Nullable Throwable cause) {
    super(message, cause);
    this.topic = topic;
    this.partition = partition;
    this.expectedOffset = expectedOffset;
    this.availableOffset = availableOffset;
  }

  public String topic() {
    return topic;
  }

  public int partition() {
    return partition;
  }

  /** The offset of the next message to read, which Kafka does not have. */
  public long expectedOffset() {
    return expectedOffset;
  }

  /** The offset of the first message behind what is missing. */
  public long availableOffset() {
    return availableOffset;
  }

  /**
   * How many messages are missing at most: markers of transactions, and what was compacted away,
   * count too. Empty where nobody can know, because the partition is another one than it was.
   */
  public OptionalLong missingAtMost() {
    return availableOffset < expectedOffset
        ? OptionalLong.empty()
        : OptionalLong.of(availableOffset - expectedOffset);
  }
}
