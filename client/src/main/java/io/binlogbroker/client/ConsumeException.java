package io.binlogbroker.client;

/** A message could not be handled; the run ended without committing its offset. */
public final class ConsumeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final int partition;
  private final long offset;

  /** An exception that names the message. */
  public ConsumeException(String topic, int partition, long offset, Throwable cause) {
    super(
        "Cannot handle the message in "
            + topic
            + "-"
            + partition
            + " offset "
            + offset
            + ": "
            + (cause.getMessage() == null ? cause : cause.getMessage()),
        cause);
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
  }

  /** The topic of the message. */
  public String topic() {
    return topic;
  }

  /** The partition of the message. */
  public int partition() {
    return partition;
  }

  /** The offset of the message. */
  public long offset() {
    return offset;
  }
}
