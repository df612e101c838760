package io.binlogbroker.broker;

import io.binlogbroker.broker.timer.GroupTimer;
import io.binlogbroker.engine.Pipeline;
import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.metrics.Metrics;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.source.mysql.purge.SourceLogMonitor;
import io.binlogbroker.engine.source.mysql.purge.SourceLogState;
import io.binlogbroker.engine.source.mysql.server.OpenedServer;
import java.io.IOException;
import java.time.Duration;
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
  private static final Duration DELAY = Duration.ofSeconds(1);
  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final Pipeline pipeline;
  private final BooleanSupplier isMaster;
  private final GroupTimer timer = new GroupTimer("source-lag", DELAY, PERIOD, this::measure);
  private volatile SourceLogState state = SourceLogState.UNKNOWN;

  /** Of the server that is read from; another one has other files. */
  private @Nullable SourceLogMonitor monitor;

  private @Nullable OpenedServer monitored;

  SourceLag(Pipeline pipeline, BooleanSupplier isMaster, Metrics metrics) {
    this.pipeline = pipeline;
    this.isMaster = isMaster;
    metrics.gauge(Metric.BYTES_BEHIND, () -> state().bytesBehind());
    metrics.gauge(Metric.SECONDS_TO_PURGE, () -> state().purge().seconds());
  }

  /** Begins to measure. Called by a thread of the group. */
  void start() {
    timer.start();
  }

  /** As measured last; unknown while another broker is master. */
  SourceLogState state() {
    return isMaster.getAsBoolean() ? state : SourceLogState.UNKNOWN;
  }

  private void measure() {
    state = isMaster.getAsBoolean() ? queried() : SourceLogState.UNKNOWN;
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
    timer.close();
  }
}
