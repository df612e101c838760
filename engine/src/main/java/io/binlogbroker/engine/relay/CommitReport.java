package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.model.Position;
import org.jspecify.annotations.Nullable;

/**
 * Reports to the metrics which commits of a relay are durable. Belongs to the relay thread, except
 * {@link #hasCommitted}.
 */
final class CommitReport {
  private final ChangeSink sink;
  private final RelayMetrics metrics;

  /** What the sink had committed when the relay began. */
  private @Nullable Position before;

  /** What the sink had committed when the last commit began, or when that was reported. */
  private @Nullable Position reported;

  /** The last position that was passed to the sink. */
  private @Nullable Position passed;

  private volatile boolean hasCommitted;

  CommitReport(ChangeSink sink, RelayMetrics metrics) {
    this.sink = sink;
    this.metrics = metrics;
  }

  void relayBegins() {
    before = sink.committed();
    passed = null;
  }

  /** A position is about to be passed to the sink. */
  void commitBegins(Position position) {
    reported = sink.committed();
    passed = position;
    metrics.commits().begins(position);
  }

  /** No commit is in progress. */
  void commitEnds() {
    metrics.commitEnds();
    Position committed = sink.committed();
    if (committed != null) {
      report(committed);
    }
  }

  /** Reports a durable part of a large transaction, whose end may be far away. */
  void commitProgresses(long nowMillis) {
    Position committed = sink.committed();
    if (committed == null || committed.equals(reported)) {
      return;
    }
    reported = committed;
    report(committed);
    if (sink.isCommitting()) {
      metrics.commitProgresses(nowMillis);
    } else {
      metrics.commitEnds();
    }
  }

  private void report(Position committed) {
    metrics.committed(committed);
    metrics.commits().durable(committed);
    if (!hasCommitted && passed != null) {
      hasCommitted = committed.equals(passed) || !committed.equals(before);
    }
  }

  /** Whether the relay has taken something and made it durable. Any thread. */
  boolean hasCommitted() {
    return hasCommitted;
  }
}
