package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.metrics.Metrics;
import io.binlogbroker.engine.model.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * Measures how long commits take until they are durable, and how long their oldest row waited since
 * its receipt. The relay thread announces rows and commits; any thread reports durable ones. The
 * clock is read for each commit, never for each row.
 */
public final class CommitTimes {
  /** More commits than this are never in progress; further ones are not measured. */
  private static final int MOST = 1024;

  private static final long NO_ROWS = Long.MIN_VALUE;

  private final Metrics metrics;
  private final LongSupplier nanoTime;

  /** The commits that are not known to be durable, oldest first. */
  private final Deque<Commit> inProgress = new ArrayDeque<>();

  /** When the oldest row of the next commit was received. Relay thread. */
  private long receivedNanos = NO_ROWS;

  /**
   * @param begunNanos when it was passed to the sink
   * @param receivedNanos when its oldest row was received; {@link #NO_ROWS} for a position alone
   */
  private record Commit(Position position, long begunNanos, long receivedNanos) {}

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  CommitTimes(Metrics metrics, LongSupplier nanoTime) {
    this.metrics = metrics;
    this.nanoTime = nanoTime;
  }

  /** The first row of the next commit was received. Relay thread. */
  void received() {
    receivedNanos = nanoTime.getAsLong();
  }

  /** A commit is about to be passed to the sink. Relay thread. */
  void begins(Position position) {
    Commit commit = new Commit(position, nanoTime.getAsLong(), receivedNanos);
    receivedNanos = NO_ROWS;
    synchronized (this) {
      if (inProgress.size() < MOST) {
        inProgress.add(commit);
      }
    }
  }

  /**
   * A position is durable, with everything before it. Has no effect for a position that is not, or
   * no longer, in progress.
   */
  public synchronized void durable(Position position) {
    if (inProgress.stream().noneMatch(commit -> commit.position.equals(position))) {
      return;
    }
    long now = nanoTime.getAsLong();
    boolean more = true;
    while (more) {
      Commit ended = inProgress.remove();
      measure(ended, now);
      more = !ended.position.equals(position);
    }
  }

  private void measure(Commit ended, long now) {
    metrics.time(Metric.COMMIT_TIME, now - ended.begunNanos);
    if (ended.receivedNanos != NO_ROWS) {
      metrics.time(Metric.DELIVERY_DELAY, now - ended.receivedNanos);
    }
  }

  /** Forgets what is in progress: a new relay starts. Relay thread. */
  synchronized void reset() {
    inProgress.clear();
    receivedNanos = NO_ROWS;
  }
}
