package io.binlogbroker.engine.relay;

import java.util.function.LongSupplier;

/**
 * Tracks the messages sent since the last commit, their age, and whether the next commit is due.
 * Mutable; belongs to the relay thread.
 */
final class Uncommitted {
  private final CommitPolicy policy;
  private final LongSupplier clock;
  private final boolean isHidden;
  private final RelayMetrics metrics;
  private final SnapshotShare snapshot = new SnapshotShare();
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
   * @param isHidden whether rows become visible only with the commit; otherwise only the position
   *     waits for it
   */
  Uncommitted(CommitPolicy policy, LongSupplier clock, boolean isHidden, RelayMetrics metrics) {
    this.metrics = metrics;
    this.policy = policy;
    this.clock = clock;
    this.isHidden = isHidden;
  }

  /** A row is accepted; its message may be buffered for now. */
  void accepted(long nowMillis) {
    if (messages == 0) {
      sinceMillis = nowMillis;
      metrics.commits().received();
    }
    messages++;
  }

  /** A message was passed to the sink. */
  void sent(long messageBytes) {
    if (messages == 0) {
      accepted(clock.getAsLong());
    }
    bytes += messageBytes;
  }

  /** The position of the source advanced, with or without messages. */
  void moved() {
    moved = true;
  }

  /**
   * Sets the commit time of the transaction that is being read.
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

  /** Whether to commit before waiting for the source. */
  boolean isWorthCommitting() {
    return hasMessages() || isStalePosition(clock.getAsLong());
  }

  /** Whether to commit between transactions, while the source has more changes. */
  boolean isDue(long nowMillis) {
    return hasMessages()
        ? policy.isDue(bytes, ageMillis(nowMillis), lagMillis(nowMillis), waitMillis())
        : isStalePosition(nowMillis);
  }

  /** The source started a transaction. */
  void changesArrive(long nowMillis) {
    snapshot.changesArrive(nowMillis);
  }

  /** Rows of a snapshot of this size were passed to the sink. */
  void sentSnapshot(long rowBytes) {
    snapshot.use(rowBytes);
  }

  /** Whether the next commit must not contain more of a snapshot. */
  boolean isFullOfSnapshot(long nowMillis) {
    return snapshot.isUsedUp() && staysSmall(nowMillis);
  }

  /** Whether to commit after rows of a snapshot. */
  boolean isDueWithSnapshot(long nowMillis) {
    return staysSmall(nowMillis) || isDue(nowMillis);
  }

  /** Whether the source has changes, which wait for the next commit. */
  boolean containsChanges(long nowMillis) {
    return snapshot.isShared(nowMillis);
  }

  /** In a backlog, large commits are better than fast ones. */
  private boolean staysSmall(long nowMillis) {
    return snapshot.isShared(nowMillis) && policy.isFresh(lagMillis(nowMillis));
  }

  private long waitMillis() {
    return isHidden ? commitMillis : policy.interval().toMillis();
  }

  /** Whether a commit is to be made in the middle of a transaction. */
  boolean isTooOld(long nowMillis) {
    return hasMessages() && ageMillis(nowMillis) >= policy.maxAge().toMillis();
  }

  /** Whether a commit is to be made in the middle of a transaction. */
  boolean isTooLarge() {
    return bytes >= policy.maxSize();
  }

  /** Whether only the position has advanced, and the last commit is old enough for another one. */
  private boolean isStalePosition(long nowMillis) {
    // If the clock was set back, the position would otherwise not be stale for hours.
    committedAtMillis = Math.min(committedAtMillis, nowMillis);
    return moved
        && messages == 0
        && nowMillis - committedAtMillis >= CommitPolicy.POSITION_ONLY_MILLIS;
  }

  /** The age of the first message; restarts from 0 when the clock was set back. */
  private long ageMillis(long nowMillis) {
    sinceMillis = Math.min(sinceMillis, nowMillis);
    return nowMillis - sinceMillis;
  }

  /**
   * The lag; 0 before the first commit, which must not wait because it shows that everything works.
   */
  private long lagMillis(long nowMillis) {
    return committedAtMillis == 0 ? 0 : nowMillis - sourceMillis;
  }

  /** Whether an earlier commit is in progress and may still fail. */
  boolean isUnderWay() {
    return underWay;
  }

  void caughtUp() {
    underWay = false;
    boolean unused = commitFinished();
  }

  /**
   * The sink has no commit in progress now.
   *
   * @return whether it has completed one since the last call
   */
  boolean commitFinished() {
    if (!commitTimed) {
      return false;
    }
    commitTimed = false;
    commitMillis = Math.max(1, clock.getAsLong() - committedAtMillis);
    return true;
  }

  /** A commit was passed to the sink. */
  void clear() {
    underWay = true;
    messages = 0;
    bytes = 0;
    moved = false;
    snapshot.clear();
    committedAtMillis = clock.getAsLong();
    commitTimed = true;
  }
}
