package io.binlogbroker.client;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Kafka no longer has messages that have not been read: they were deleted, by retention or on
 * request, or the topic was deleted and recreated. No message after them has been handled.
 */
public final class LostMessagesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final int partition;
  private final long expectedOffset;
  private final long availableOffset;

  /**
   * An exception for one partition.
   *
   * @param expectedOffset of the next message to read
   * @param availableOffset of the first message after the missing ones; below {@code
   *     expectedOffset} if the topic was recreated or its log lost its end
   * @param message what is missing and what to do
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

  /** The topic with the missing messages. */
  public String topic() {
    return topic;
  }

  /** The partition with the missing messages. */
  public int partition() {
    return partition;
  }

  /** The offset of the next message to read, which Kafka does not have. */
  public long expectedOffset() {
    return expectedOffset;
  }

  /** The offset of the first message after the missing ones. */
  public long availableOffset() {
    return availableOffset;
  }

  /**
   * The maximum number of missing messages: offsets of transaction markers and of compacted
   * messages are included. Empty if the number is unknown, because the topic was recreated or its
   * log lost its end.
   */
  public OptionalLong missingAtMost() {
    return availableOffset < expectedOffset
        ? OptionalLong.empty()
        : OptionalLong.of(availableOffset - expectedOffset);
  }
}
