package io.binlogbroker.engine.relay;

/**
 * How much of a snapshot a commit may contain. Changes wait for the commit before them: while the
 * source has changes, commits stay small. Relay thread.
 */
final class SnapshotShare {
  /** Bytes in a commit while the source has changes: they take less than a millisecond. */
  private static final long BYTES = 128 << 10;

  /** A source without changes for this long is idle. */
  private static final long IDLE_MILLIS = 200;

  private long changesMillis;
  private long bytes;

  /** The source started a transaction. */
  void changesArrive(long nowMillis) {
    changesMillis = nowMillis;
  }

  /** Whether commits contain changes as well now. */
  boolean isShared(long nowMillis) {
    return nowMillis - changesMillis < IDLE_MILLIS;
  }

  /** Rows of this size are sent. */
  void use(long rowBytes) {
    bytes += rowBytes;
  }

  /** Whether a small commit has no room for more rows. */
  boolean isUsedUp() {
    return bytes >= BYTES;
  }

  /** A commit starts. */
  void clear() {
    bytes = 0;
  }
}
