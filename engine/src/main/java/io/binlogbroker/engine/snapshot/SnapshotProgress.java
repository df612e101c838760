package io.binlogbroker.engine.snapshot;

import org.jspecify.annotations.Nullable;

/**
 * The snapshot of a table at this moment.
 *
 * @param state including rows that are sent and not committed yet
 * @param chunks that were read and wait for the stream
 * @param heldBytes their size
 * @param viewSeconds how long the oldest view of its data has been open; 0 for none
 * @param waitsFor why nothing is read; null while rows are read, or nothing is left to read
 */
public record SnapshotProgress(
    SnapshotState state,
    int chunks,
    long heldBytes,
    double viewSeconds,
    @Nullable String waitsFor) {}
