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

  boolean isDue(long bytes, long ageMillis) {
    return bytes >= size || ageMillis >= interval.toMillis();
  }
}
