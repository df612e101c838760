package io.binlogbroker.broker.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.binlogbroker.broker.admin.BrokerState;
import io.binlogbroker.broker.admin.GroupProgress;
import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.broker.http.LagHistory.Totals;
import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.thread.ThreadFailures;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Samples lag and rate of all groups of the process every {@value #PERIOD_SECONDS} seconds, on the
 * thread {@code http-scheduler}; any thread reads them.
 */
final class LagHistories {
  static final int PERIOD_SECONDS = 5;

  private final ServedGroups groups;
  private final ProcessMetrics metrics;
  private final Clock clock;
  private final Map<String, LagHistory> histories = new ConcurrentHashMap<>();
  private final Map<String, LastChanges> changes = new ConcurrentHashMap<>();

  /**
   * @param metrics of the groups
   */
  LagHistories(ServedGroups groups, ProcessMetrics metrics, Clock clock) {
    this.groups = groups;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Begins to sample; ends when the scheduler is stopped. */
  void start(Scheduler scheduler, ThreadFailures failures) {
    failures.survive(this::sample);
    scheduler.schedule(() -> start(scheduler, failures), PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  /** Takes one sample of each group. */
  void sample() {
    groups.all().forEach(this::sample);
  }

  private void sample(BrokerState state) {
    lastChanges(state.group()).sample(metrics.tables(state.group()), clock.instant());
    LagHistory history = of(state.group());
    if (!state.isMaster()) {
      history.clear();
      return;
    }
    GroupProgress progress = state.progress();
    Instant now = clock.instant();
    long rows = metrics.total(Metric.ROWS, state.group());
    long bytes = metrics.total(Metric.BYTES, state.group());
    history.add(new Totals(now, rows, bytes), progress.secondsBehind(), progress.bytesBehind());
  }

  /** The history of a group; empty before its first sample and where this is not the master. */
  LagHistory of(String group) {
    return histories.computeIfAbsent(group, unused -> new LagHistory());
  }

  /** When rows of the group's tables were last delivered. */
  LastChanges lastChanges(String group) {
    return changes.computeIfAbsent(group, unused -> new LastChanges());
  }

  /**
   * A document with the history of a group.
   *
   * @param since samples up to this second since the epoch are left out
   */
  ObjectNode json(String group, long since) {
    ObjectNode json = LagHistory.json(group).put("interval_seconds", PERIOD_SECONDS);
    of(group).put(json, since);
    return json;
  }
}
