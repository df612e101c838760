package io.binlogbroker.broker.kafka;

/**
 * Bounds what the producer at work has in its buffers. A producer keeps the buffers it once had, as
 * many as {@code buffer.memory} allows, and there are two: together they would fill a small heap.
 * So everything that was sent is waited for before more would be needed than this allows. The
 * sink's thread.
 */
final class SendWindow {
  /** Of buffers. */
  static final long MOST_BYTES = 40 << 20;

  /** Batches are open in many partitions, yet waiting behind each message would take for ever. */
  private static final long LEAST_ROOM = 8 << 20;

  /** Of lz4's, beside the buffer of each open batch. */
  private static final long COMPRESSOR_BYTES = 128 << 10;

  private final long openBatchBytes;
  private final Runnable flush;
  private long bytes;
  private int lasting;
  private int passing;

  /**
   * @param batchSize Kafka's {@code batch.size}
   * @param flush waits until everything that was sent is acknowledged
   */
  SendWindow(long batchSize, Runnable flush) {
    this.openBatchBytes = batchSize + COMPRESSOR_BYTES;
    this.flush = flush;
  }

  /** So many more partitions get messages in any order, until the transaction ends. */
  void mix(int partitions) {
    lasting += partitions;
  }

  /** One more partition gets all of its messages one behind the other. */
  void next() {
    passing++;
  }

  /** Room for a message that is sent now; may wait. */
  void add(long messageBytes) {
    long room = Math.max(LEAST_ROOM, MOST_BYTES - lasting * openBatchBytes);
    if (passing * openBatchBytes + bytes + messageBytes > room) {
      flush.run();
      bytes = 0;
      passing = 0;
    }
    bytes += messageBytes;
  }

  /**
   * Exactly once a commit waits for everything. At least once it does not, but there {@code
   * buffer.memory} is bound enough, since there is one producer.
   */
  void end() {
    bytes = 0;
    lasting = 0;
    passing = 0;
  }
}
