package io.binlogbroker.client;

/** A message could not be handled, and the run has ended before it. */
public final class ConsumeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final int partition;
  private final long offset;

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

  public String topic() {
    return topic;
  }

  public int partition() {
    return partition;
  }

  public long offset() {
    return offset;
  }
}
