package io.binlogbroker.engine.snapshot;

import java.time.Duration;

/**
 * How existing rows are read.
 *
 * @param workers number of connections that read
 * @param chunkBytes about the size of the messages of a chunk
 * @param heldBytes maximum size of the messages that wait for the stream; a single chunk may be
 *     larger
 * @param trackerBytes memory for the keys of rows that the stream delivers, per table
 * @param margin how long a transaction may be in the log before it is visible, on MySQL without
 *     GTIDs
 * @param bytesPerSecond maximum size of the messages that are read in a second
 * @param maxLag how far the stream may be behind while rows are read
 * @param maxThreadsRunning the server's Threads_running up to which rows are read
 */
public record SnapshotOptions(
    int workers,
    long chunkBytes,
    long heldBytes,
    long trackerBytes,
    Duration margin,
    long bytesPerSecond,
    Duration maxLag,
    long maxThreadsRunning) {
  public static final SnapshotOptions DEFAULT =
      new SnapshotOptions(
          2,
          1 << 20,
          4 << 20,
          64 << 20,
          Duration.ofSeconds(15),
          Long.MAX_VALUE,
          Duration.ofMinutes(1),
          Long.MAX_VALUE);

  /** Without limits. */
  public SnapshotOptions(
      int workers, long chunkBytes, long heldBytes, long trackerBytes, Duration margin) {
    this(
        workers,
        chunkBytes,
        heldBytes,
        trackerBytes,
        margin,
        Long.MAX_VALUE,
        Duration.ofDays(36_500),
        Long.MAX_VALUE);
  }
}
