package io.binlogbroker.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * A position between two transactions of the source.
 *
 * @param place of the next event
 * @param gtidSet executed before it; null where the source has no GTIDs
 * @param serverUuid of the server whose file names these are; see {@link Position}
 * @param fileCreated when the server created the file, seconds since the epoch; 0 if unknown
 */
public record Restart(
    BinlogPosition place, @Nullable String gtidSet, @Nullable String serverUuid, long fileCreated) {
  public String file() {
    return place.file();
  }

  public long offset() {
    return place.offset();
  }
}
