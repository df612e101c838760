package io.binlogbroker.engine.snapshot;

import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.metrics.Metrics;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.snapshot.SnapshotState.Status;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Hands requests of users to the snapshots of a group, across the runs of its pipeline, and shows
 * how far they are. Any thread.
 */
public final class SnapshotControl {
  private final Map<String, SnapshotRequest> open = new LinkedHashMap<>();
  private final Set<String> done = new HashSet<>();
  private final Set<String> taken = new HashSet<>();
  private volatile boolean waiting;
  private volatile @Nullable Snapshots current;
  private final Metrics metrics;

  /**
   * @param metrics take what is measured of the tables
   */
  public SnapshotControl(Metrics metrics) {
    this.metrics = metrics;
  }

  /** Has a request carried out, unless it is known already. */
  public synchronized void submit(SnapshotRequest request) {
    if (!done.contains(request.id()) && open.putIfAbsent(request.id(), request) == null) {
      waiting = true;
    }
  }

  /** Whether what a request asked for is recorded, so that it need not be submitted again. */
  public synchronized boolean isDone(String id) {
    return done.contains(id);
  }

  /** Forgets a request that is done and will not be submitted again. */
  public synchronized void forget(String id) {
    done.remove(id);
  }

  /** How far the snapshots are of which this process knows; none on a standby. */
  public List<SnapshotProgress> progress() {
    Snapshots running = current;
    return running == null ? List.of() : running.progress();
  }

  /** The metrics of the group. */
  Metrics metrics() {
    return metrics;
  }

  /** Has a table measured from now on. */
  void measure(TableName table) {
    gauge(Metric.SNAPSHOT_READING, table, p -> p.state().status() == Status.READING ? 1 : 0);
    gauge(Metric.SNAPSHOT_FAILED, table, p -> p.state().status() == Status.FAILED ? 1 : 0);
    gauge(Metric.SNAPSHOT_ROWS, table, p -> p.state().rows());
    gauge(Metric.SNAPSHOT_SKIPPED, table, p -> p.state().skipped());
    gauge(
        Metric.SNAPSHOT_ESTIMATE,
        table,
        p -> p.state().estimate() < 0 ? Double.NaN : p.state().estimate());
    gauge(Metric.SNAPSHOT_CHUNKS, table, SnapshotProgress::chunks);
    gauge(Metric.SNAPSHOT_VIEW_SECONDS, table, SnapshotProgress::viewSeconds);
  }

  private void gauge(Metric metric, TableName table, ToDoubleFunction<SnapshotProgress> value) {
    metrics.gauge(metric, () -> measured(table, value), table.schema(), table.table());
  }

  private double measured(TableName table, ToDoubleFunction<SnapshotProgress> value) {
    Snapshots running = current;
    SnapshotProgress progress = running == null ? null : running.progress(table);
    return progress == null ? Double.NaN : value.applyAsDouble(progress);
  }

  /** Begins a run of the pipeline: requests that are not done are carried out again. */
  synchronized void attach(Snapshots snapshots) {
    current = snapshots;
    taken.clear();
    waiting = !open.isEmpty();
  }

  synchronized void detach(Snapshots snapshots) {
    if (current == snapshots) {
      current = null;
    }
  }

  /** Whether {@link #take} has something. */
  boolean hasRequests() {
    return waiting;
  }

  /** The requests that this run of the pipeline has not taken, in order. */
  synchronized List<SnapshotRequest> take() {
    waiting = false;
    List<SnapshotRequest> requests = new ArrayList<>();
    open.forEach(
        (id, request) -> {
          if (taken.add(id)) {
            requests.add(request);
          }
        });
    return requests;
  }

  /** What the request asked for is committed. */
  synchronized void done(String id) {
    if (open.remove(id) != null) {
      done.add(id);
    }
  }
}
