package io.binlogbroker.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * A point between two transactions of the source.
 *
 * @param file binary log file of the next event
 * @param offset of that event, 64 bits
 * @param gtidSet executed before it; null where the source has no GTIDs
 * @param serverUuid of the server whose file names these are; see {@link Position}
 * @param fileCreated when the server began the file, seconds since the epoch; 0 if not known
 */
public record Restart(
    String file,
    long offset,
    @Nullable String gtidSet,
    @Nullable String serverUuid,
    long fileCreated) {}
