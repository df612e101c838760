package io.binlogbroker.engine.relay;

import java.time.Duration;

/**
 * When what was sent is committed while the source has more to give. (When it has not, the commit
 * follows at once.)
 *
 * @param interval after the first uncommitted message, at the next end of a source transaction;
 *     sooner where changes are fresh and commits are quick
 * @param size bytes of messages, at the next end of a source transaction
 * @param maxSize bytes of messages, in the middle of a source transaction
 * @param maxAge of the first uncommitted message, in the middle of a source transaction: well below
 *     Kafka's transaction timeout
 */
public record CommitPolicy(Duration interval, long size, long maxSize, Duration maxAge) {
  /** How long a position alone, without messages, may wait for its commit. */
  static final long POSITION_ONLY_MILLIS = 1_000;

  /** Servers may report the time of a commit in whole seconds. */
  private static final long SECOND_MILLIS = 1_000;

  /** Changes that are late by less are fresh. */
  private static final long FRESH_MILLIS = 2 * SECOND_MILLIS;

  /** Commits of fresh changes take at most such a part of the time. */
  private static final int PARTS_OF_COMMIT = 4;

  /** At most so much larger and less often than under load alone commits come in a backlog. */
  private static final int LARGEST_FACTOR = 5;

  private static final int PARTS_OF_LAG = 4;

  /**
   * Commits cost time of their own. A source that never pauses shall not make fresh changes wait
   * for the interval, so they wait for some times as long as a commit takes, if that is less. A
   * backlog is read in larger commits: each waits for up to a quarter of what its changes are late
   * by anyway, and leaves half of what may be in one to the transaction that comes next.
   *
   * @param bytes uncommitted
   * @param ageMillis of the first uncommitted message
   * @param lagMillis since the source committed what was read last
   * @param commitMillis how long the last commit took
   */
  boolean isDue(long bytes, long ageMillis, long lagMillis, long commitMillis) {
    long least = Math.max(1, interval.toMillis());
    if (lagMillis < FRESH_MILLIS) {
      long affordable = Math.max(1, PARTS_OF_COMMIT * commitMillis);
      return ageMillis >= Math.min(least, affordable) || bytes >= size;
    }
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
