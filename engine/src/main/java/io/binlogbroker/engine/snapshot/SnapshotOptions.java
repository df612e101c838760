package io.binlogbroker.engine.snapshot;

import java.time.Duration;

/**
 * How snapshots are read.
 *
 * @param workers number of connections that read
 * @param chunkBytes about the size of the messages of a chunk
 * @param heldBytes maximum size of the messages that wait for the stream; a single chunk may be
 *     larger
 * @param trackerBytes memory for the keys of rows that the stream delivers, per table
 * @param margin how long a transaction may be in the log before it is visible, on MySQL without
 *     GTIDs
 */
public record SnapshotOptions(
    int workers, long chunkBytes, long heldBytes, long trackerBytes, Duration margin) {
  public static final SnapshotOptions DEFAULT =
      new SnapshotOptions(2, 1 << 20, 16 << 20, 64 << 20, Duration.ofSeconds(15));
}
