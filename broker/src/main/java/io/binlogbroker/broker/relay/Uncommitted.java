package io.binlogbroker.broker.relay;

/** What was sent since the last commit, and since when. Mutable; belongs to the relay thread. */
final class Uncommitted {
  private long messages;
  private long bytes;
  private long sinceMillis;
  private boolean moved;
  private boolean underWay;
  private long committedAtMillis;

  void sent(long messageBytes, long nowMillis) {
    if (messages == 0) {
      sinceMillis = nowMillis;
    }
    messages++;
    bytes += messageBytes;
  }

  /** Bytes of changes that were told of before. */
  void add(long more) {
    bytes += more;
  }

  /** The source moved on, with or without messages. */
  void moved() {
    moved = true;
  }

  boolean hasMessages() {
    return messages > 0;
  }

  /** Whether only the position has moved, and long enough ago that it is worth a commit. */
  boolean isStalePosition(long nowMillis) {
    // After the clock was set back it would not be stale for hours.
    committedAtMillis = Math.min(committedAtMillis, nowMillis);
    return moved
        && messages == 0
        && nowMillis - committedAtMillis >= CommitPolicy.POSITION_ONLY_MILLIS;
  }

  boolean hasMoved() {
    return moved;
  }

  long bytes() {
    return bytes;
  }

  /** Of the first message; counts anew when the clock was set back. */
  long ageMillis(long nowMillis) {
    if (messages == 0) {
      return 0;
    }
    sinceMillis = Math.min(sinceMillis, nowMillis);
    return nowMillis - sinceMillis;
  }

  /** Whether nothing has been committed yet. */
  boolean isFirst() {
    return committedAtMillis == 0;
  }

  /** Whether a commit may still fail that was made before. */
  boolean isUnderWay() {
    return underWay;
  }

  void caughtUp() {
    underWay = false;
  }

  /** A commit was made. */
  void clear(long nowMillis) {
    underWay = true;
    messages = 0;
    bytes = 0;
    moved = false;
    committedAtMillis = nowMillis;
  }
}
