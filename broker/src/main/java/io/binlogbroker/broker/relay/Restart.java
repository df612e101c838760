package io.binlogbroker.broker.relay;

import org.jspecify.annotations.Nullable;

/**
 * A point between two transactions of the source.
 *
 * @param file binary log file of the next event
 * @param offset of that event, 64 bits
 * @param gtidSet executed before it; null where the source has no GTIDs
 * @param fileCreated when the server began the file, seconds since the epoch; 0 if not known
 */
public record Restart(String file, long offset, @Nullable String gtidSet, long fileCreated) {
  /** In a file of which no more is known. */
  public Restart(String file, long offset, @Nullable String gtidSet) {
    this(file, offset, gtidSet, 0);
  }
}
