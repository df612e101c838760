package io.binlogbroker.broker.kafka;

/**
 * An existing topic as last described.
 *
 * @param name of the topic
 * @param partitions number of partitions when described
 * @param maxMessageBytes its limit for a batch, compressed; {@link #UNKNOWN} without the right to
 *     read it
 */
record KafkaTopic(String name, int partitions, long maxMessageBytes) {
  static final long UNKNOWN = -1;

  // Below this size no sensible topic refuses a message; above it, a refusal should name the size.
  private static final long SMALL = 100_000;

  /** Whether the topic may refuse a message of this size. */
  boolean mayRefuse(long bytes) {
    return bytes > (maxMessageBytes == UNKNOWN ? SMALL : maxMessageBytes);
  }

  /** Whether it is certain that the topic refuses a batch of this size. */
  boolean refuses(long batchBytes) {
    return maxMessageBytes != UNKNOWN && batchBytes > maxMessageBytes;
  }

  /** Its limit, for messages. */
  String limit() {
    return maxMessageBytes == UNKNOWN ? "not readable" : "now " + maxMessageBytes;
  }
}
