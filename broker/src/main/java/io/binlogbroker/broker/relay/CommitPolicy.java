package io.binlogbroker.broker.relay;

import java.time.Duration;

/**
 * When what was sent is committed while the source has more to give. (When it has not, the commit
 * follows at once.)
 *
 * @param interval after the first uncommitted message, at the next end of a source transaction
 * @param size bytes of messages, at the next end of a source transaction
 * @param maxSize bytes of messages, in the middle of a source transaction
 * @param maxAge of the first uncommitted message, in the middle of a source transaction: well below
 *     Kafka's transaction timeout
 */
public record CommitPolicy(Duration interval, long size, long maxSize, Duration maxAge) {
  /** How long a position alone, without messages, may wait for its commit. */
  static final long POSITION_ONLY_MILLIS = 1_000;

  /** Servers may tell the time of a commit in whole seconds. */
  private static final long SECOND_MILLIS = 1_000;

  /** At most so much larger and less often than under load alone commits come in a backlog. */
  private static final int LARGEST_FACTOR = 5;

  private static final int PARTS_OF_LAG = 4;

  /**
   * Commits cost time of their own, so a backlog is read in larger ones: each waits for up to a
   * quarter of what its changes are late by anyway, and leaves half of what may be in one to the
   * transaction that comes next.
   *
   * @param bytes uncommitted
   * @param ageMillis of the first uncommitted message
   * @param lagMillis since the source committed what was read last
   */
  boolean isDue(long bytes, long ageMillis, long lagMillis) {
    long least = Math.max(1, interval.toMillis());
    long affordable = (lagMillis - SECOND_MILLIS) / PARTS_OF_LAG / least;
    long factor = Math.max(1, Math.min(affordable, LARGEST_FACTOR));
    return ageMillis >= wait(least, factor) || bytes >= bytes(factor);
  }

  private long wait(long least, long factor) {
    long most = maxAge.toMillis();
    return Math.min(most, Math.max(least, Math.min(least * factor, most / 2)));
  }

  private long bytes(long factor) {
    return Math.max(size, Math.min(size * factor, maxSize / 2));
  }
}
