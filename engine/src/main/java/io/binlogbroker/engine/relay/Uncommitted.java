package io.binlogbroker.engine.relay;

import java.util.function.LongSupplier;

/**
 * What was sent since the last commit, since when, and whether it is time for the next. Mutable;
 * belongs to the relay thread.
 */
final class Uncommitted {
  private final CommitPolicy policy;
  private final LongSupplier clock;
  private final boolean isHidden;
  private final RelayMetrics metrics;
  private long messages;
  private long bytes;
  private long sinceMillis;
  private long sourceMillis;
  private boolean moved;
  private boolean underWay;
  private long committedAtMillis;
  private boolean commitTimed;
  private long commitMillis;

  /**
   * @param clock milliseconds since the epoch
   * @param isHidden whether rows become visible with the commit; else only the position waits for
   *     it
   */
  Uncommitted(CommitPolicy policy, LongSupplier clock, boolean isHidden, RelayMetrics metrics) {
    this.metrics = metrics;
    this.policy = policy;
    this.clock = clock;
    this.isHidden = isHidden;
  }

  /** A row is accepted, whose message may be held back for now. */
  void accepted(long nowMillis) {
    if (messages == 0) {
      sinceMillis = nowMillis;
    }
    messages++;
  }

  /** A message was handed to the sink. */
  void sent(long messageBytes) {
    if (messages == 0) {
      accepted(clock.getAsLong());
    }
    bytes += messageBytes;
  }

  /** The source moved on, with or without messages. */
  void moved() {
    moved = true;
  }

  /**
   * What is read now is that old.
   *
   * @param committedMillis when the source committed it
   */
  void readUpTo(long committedMillis) {
    sourceMillis = committedMillis;
  }

  boolean hasMessages() {
    return messages > 0;
  }

  boolean hasMoved() {
    return moved;
  }

  /** Whether a commit is to be made before the source is waited for. */
  boolean isWorthCommitting() {
    return hasMessages() || isStalePosition(clock.getAsLong());
  }

  /** Whether a commit is to be made while the source has more to give, between transactions. */
  boolean isDue() {
    long now = clock.getAsLong();
    return hasMessages()
        ? policy.isDue(bytes, ageMillis(now), lagMillis(now), waitMillis())
        : isStalePosition(now);
  }

  private long waitMillis() {
    return isHidden ? commitMillis : policy.interval().toMillis();
  }

  /** Whether a commit is to be made in the middle of a transaction. */
  boolean isTooOld() {
    return hasMessages() && ageMillis(clock.getAsLong()) >= policy.maxAge().toMillis();
  }

  /** Whether a commit is to be made in the middle of a transaction. */
  boolean isTooLarge() {
    return bytes >= policy.maxSize();
  }

  /** Whether only the position has moved, and long enough ago that it is worth a commit. */
  private boolean isStalePosition(long nowMillis) {
    // After the clock was set back it would not be stale for hours.
    committedAtMillis = Math.min(committedAtMillis, nowMillis);
    return moved
        && messages == 0
        && nowMillis - committedAtMillis >= CommitPolicy.POSITION_ONLY_MILLIS;
  }

  /** Of the first message; restarts from 0 when the clock was set back. */
  private long ageMillis(long nowMillis) {
    sinceMillis = Math.min(sinceMillis, nowMillis);
    return nowMillis - sinceMillis;
  }

  /** The first commit does not wait: it shows that all is well. */
  private long lagMillis(long nowMillis) {
    return committedAtMillis == 0 ? 0 : nowMillis - sourceMillis;
  }

  /** Whether a commit may still fail that was made before. */
  boolean isUnderWay() {
    return underWay;
  }

  void caughtUp() {
    underWay = false;
    boolean unused = commitCarriedOut();
  }

  /**
   * The sink does not carry out a commit now.
   *
   * @return whether it has carried out one since this was asked last
   */
  boolean commitCarriedOut() {
    if (!commitTimed) {
      return false;
    }
    commitTimed = false;
    commitMillis = Math.max(1, clock.getAsLong() - committedAtMillis);
    metrics.commitTook(commitMillis);
    return true;
  }

  /** A commit was made. */
  void clear() {
    underWay = true;
    messages = 0;
    bytes = 0;
    moved = false;
    committedAtMillis = clock.getAsLong();
    commitTimed = true;
  }
}
