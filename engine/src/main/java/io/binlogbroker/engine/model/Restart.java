package io.binlogbroker.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * A point between two transactions of the source.
 *
 * @param place of the next event
 * @param gtidSet executed before it; null where the source has no GTIDs
 * @param serverUuid of the server whose file names these are; see {@link Position}
 * @param fileCreated when the server began the file, seconds since the epoch; 0 if not known
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
