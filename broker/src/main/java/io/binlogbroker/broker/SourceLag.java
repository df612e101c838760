package io.binlogbroker.broker;

import io.binlogbroker.engine.Pipeline;
import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.metrics.Metrics;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.relay.GroupContext;
import io.binlogbroker.engine.source.mysql.purge.SourceLogMonitor;
import io.binlogbroker.engine.source.mysql.purge.SourceLogState;
import io.binlogbroker.engine.source.mysql.server.OpenedServer;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how much log the source has after the committed position, and when it purges it: every
 * ten seconds on the thread {@code source-lag} while the group is master. If the source cannot be
 * queried, the values are unknown.
 */
final class SourceLag implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SourceLag.class);
  private static final long PERIOD_SECONDS = 10;

  private final Pipeline pipeline;
  private final BooleanSupplier isMaster;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> GroupContext.newThread("source-lag", task));
  private volatile SourceLogState state = SourceLogState.UNKNOWN;

  /** Of the server that is read from; another one has other files. */
  private @Nullable SourceLogMonitor monitor;

  private @Nullable OpenedServer monitored;

  SourceLag(Pipeline pipeline, BooleanSupplier isMaster, Metrics metrics) {
    this.pipeline = pipeline;
    this.isMaster = isMaster;
    metrics.gauge(Metric.BYTES_BEHIND, () -> state.bytesBehind());
    metrics.gauge(Metric.SECONDS_TO_PURGE, () -> state.purge().seconds());
  }

  /** Begins to measure. Called by a thread of the group. */
  void start() {
    var unused =
        executor.scheduleWithFixedDelay(this::measure, 1, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  /** As measured last. */
  SourceLogState state() {
    return state;
  }

  private void measure() {
    GroupContext.currentFailures()
        .survive(() -> state = isMaster.getAsBoolean() ? queried() : SourceLogState.UNKNOWN);
  }

  private SourceLogState queried() {
    OpenedServer source = pipeline.source();
    BinlogPosition position = pipeline.committed();
    if (source == null || position == null) {
      return SourceLogState.UNKNOWN;
    }
    try {
      return monitorOf(source).observe(position);
    } catch (IOException | DeliveryException e) {
      log.debug("The source's log cannot be queried", e);
      return SourceLogState.UNKNOWN;
    }
  }

  /** A reconnect to the same server keeps what was observed. */
  private SourceLogMonitor monitorOf(OpenedServer source) {
    OpenedServer before = monitored;
    SourceLogMonitor known = monitor;
    if (known == null || before == null || !source.isSameAs(before)) {
      known = new SourceLogMonitor(source);
      monitor = known;
    }
    monitored = source;
    return known;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
