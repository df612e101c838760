package io.binlogbroker.broker;

import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.metrics.Metrics;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.relay.GroupContext;
import io.binlogbroker.engine.source.mysql.check.MysqlLag;
import io.binlogbroker.engine.source.mysql.server.SourceOptions;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how much log the source has after the committed position, every ten seconds on the
 * thread {@code source-lag} while the group is master. If the source cannot be queried, the value
 * is unknown.
 */
final class SourceLag implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SourceLag.class);
  private static final long PERIOD_SECONDS = 10;

  private final Supplier<@Nullable BinlogPosition> committed;
  private final BooleanSupplier isMaster;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> GroupContext.newThread("source-lag", task));
  private volatile @Nullable SourceOptions source;
  private volatile double bytes = Double.NaN;

  SourceLag(
      Supplier<@Nullable BinlogPosition> committed, BooleanSupplier isMaster, Metrics metrics) {
    this.committed = committed;
    this.isMaster = isMaster;
    metrics.gauge(Metric.BYTES_BEHIND, () -> bytes);
  }

  /** Begins to measure. Called by a thread of the group. */
  void start() {
    var unused =
        executor.scheduleWithFixedDelay(
            this::measure, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  void setSource(SourceOptions read) {
    source = read;
  }

  private void measure() {
    GroupContext.currentFailures()
        .survive(() -> bytes = isMaster.getAsBoolean() ? queried() : Double.NaN);
  }

  private double queried() {
    SourceOptions options = source;
    BinlogPosition position = committed.get();
    if (options == null || position == null) {
      return Double.NaN;
    }
    try {
      Long behind = new MysqlLag(options).bytesBehind(position);
      return behind == null ? Double.NaN : behind;
    } catch (IOException | DeliveryException e) {
      log.debug("The end of the source's log cannot be queried", e);
      return Double.NaN;
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
