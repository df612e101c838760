package io.binlogbroker.broker.kafka.flow;

/**
 * Limits the buffers that the current producer uses. A producer never frees its buffers, up to
 * {@code buffer.memory}, and there are two: together they would fill a small heap. So the producer
 * is flushed before it would need more. Belongs to the sink's thread.
 */
public final class SendWindow {
  /** Size of the buffers. */
  public static final long MOST_BYTES = 40 << 20;

  /**
   * With open batches in many partitions there is still this much room: a flush after each message
   * would be too slow.
   */
  private static final long LEAST_ROOM = 8 << 20;

  /** Memory of lz4 for each open batch. */
  private static final long COMPRESSOR_BYTES = 128 << 10;

  private final long openBatchBytes;
  private final Runnable flush;
  private long bytes;
  private int mixedPartitions;
  private int consecutivePartitions;

  /**
   * @param batchSize Kafka's {@code batch.size}
   * @param flush waits until all sent messages are acknowledged
   */
  public SendWindow(long batchSize, Runnable flush) {
    this.openBatchBytes = batchSize + COMPRESSOR_BYTES;
    this.flush = flush;
  }

  /** Adds partitions that get messages in any order until the transaction ends. */
  public void addMixed(int partitions) {
    mixedPartitions += partitions;
  }

  /** Starts a partition that gets all of its messages consecutively. */
  public void next() {
    consecutivePartitions++;
  }

  /** Makes room for a message; may wait. */
  public void add(long messageBytes) {
    long room = Math.max(LEAST_ROOM, MOST_BYTES - mixedPartitions * openBatchBytes);
    if (consecutivePartitions * openBatchBytes + bytes + messageBytes > room) {
      flush.run();
      bytes = 0;
      consecutivePartitions = 0;
    }
    bytes += messageBytes;
  }

  /**
   * With exactly-once a commit waits for all messages. With at-least-once it does not, but {@code
   * buffer.memory} is limit enough for one producer.
   */
  public void end() {
    bytes = 0;
    mixedPartitions = 0;
    consecutivePartitions = 0;
  }
}
