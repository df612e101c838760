package io.binlogbroker.engine.relay;

import java.time.Duration;

/**
 * When messages are committed while the source has more changes. (When it has none, the commit
 * follows immediately.)
 *
 * @param interval after the first uncommitted message, at the next end of a source transaction;
 *     earlier where changes are recent and commits are fast
 * @param size bytes of messages, at the next end of a source transaction
 * @param maxSize bytes of messages, in the middle of a source transaction
 * @param maxAge of the first uncommitted message, in the middle of a source transaction: well below
 *     Kafka's transaction timeout
 */
public record CommitPolicy(Duration interval, long size, long maxSize, Duration maxAge) {
  /** How long a position without messages may wait for its commit. */
  static final long POSITION_ONLY_MILLIS = 1_000;

  /** Servers may report the time of a commit in whole seconds. */
  private static final long SECOND_MILLIS = 1_000;

  /** Changes with less lag than this are fresh. */
  private static final long FRESH_MILLIS = 2 * SECOND_MILLIS;

  /** Commits of fresh changes take at most 1/n of the time, with n this value. */
  private static final int PARTS_OF_COMMIT = 4;

  /** How much larger and less frequent commits can become in a backlog than under normal load. */
  private static final int LARGEST_FACTOR = 5;

  private static final int PARTS_OF_LAG = 4;

  /**
   * Whether a commit is due between transactions. Commits take time. Fresh changes of a source that
   * never pauses should not wait for the whole interval, so they wait for a multiple of the
   * duration of a commit, if that is shorter. A backlog is read in larger commits: each waits for
   * up to a quarter of the lag of its changes, and leaves half of the maximum size to the next
   * transaction.
   *
   * @param bytes uncommitted
   * @param ageMillis of the first uncommitted message
   * @param lagMillis since the source committed the change that was read last
   * @param commitMillis how long the last commit took
   */
  boolean isDue(long bytes, long ageMillis, long lagMillis, long commitMillis) {
    long least = Math.max(1, interval.toMillis());
    if (isFresh(lagMillis)) {
      long affordable = Math.max(1, PARTS_OF_COMMIT * commitMillis);
      return ageMillis >= Math.min(least, affordable) || bytes >= size;
    }
    long affordable = (lagMillis - SECOND_MILLIS) / PARTS_OF_LAG / least;
    long factor = Math.max(1, Math.min(affordable, LARGEST_FACTOR));
    return ageMillis >= wait(least, factor) || bytes >= bytes(factor);
  }

  /** Whether changes with this lag are fresh, so that they should be delivered quickly. */
  boolean isFresh(long lagMillis) {
    return lagMillis < FRESH_MILLIS;
  }

  private long wait(long least, long factor) {
    long most = maxAge.toMillis();
    return Math.min(most, Math.max(least, Math.min(least * factor, most / 2)));
  }

  private long bytes(long factor) {
    return Math.max(size, Math.min(size * factor, maxSize / 2));
  }
}
