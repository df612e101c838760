package io.binlogbroker.engine.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.metrics.Counter;
import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.metrics.Metrics;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class RelayMetricsTest {
  private final Map<Metric, DoubleSupplier> gauges = new EnumMap<>(Metric.class);
  private long now = 100_000;
  private final RelayMetrics metrics = new RelayMetrics(new Gauges(), () -> now);

  @Test
  void secondsBehindIsTheAgeOfTheOldestUncommittedTransaction() {
    metrics.opened();
    assertThat(secondsBehind()).isZero();

    metrics.read(90_000);
    metrics.read(95_000);
    assertThat(secondsBehind()).isEqualTo(10);
    metrics.commitBegins();
    metrics.read(97_000);
    assertThat(secondsBehind()).isEqualTo(10);

    metrics.commitEnds();
    assertThat(secondsBehind()).isEqualTo(3);
  }

  @Test
  void uncommittedTimeBeginsWhenTheOldestTransactionIsRead() {
    metrics.opened();
    assertThat(metrics.millisUncommitted()).isZero();

    metrics.read(1);
    now += 2_000;
    metrics.commitBegins();
    metrics.read(2);
    now += 3_000;
    assertThat(metrics.millisUncommitted()).isEqualTo(5_000);

    metrics.commitEnds();
    assertThat(metrics.millisUncommitted()).isEqualTo(3_000);
  }

  @Test
  void aRelayThatStopsNormallyIsNotBehind() {
    metrics.opened();
    metrics.event(now);
    metrics.read(90_000);

    metrics.closed();

    assertThat(secondsBehind()).isZero();
    assertThat(gauges.get(Metric.SECONDS_SINCE_EVENT).getAsDouble()).isNaN();
  }

  @Test
  void aFormerMasterHasNoProgress() {
    metrics.opened();
    metrics.event(now);
    metrics.read(90_000);
    metrics.committed(new ScriptedServer().position(0, "e"));

    metrics.forget();

    assertThat(metrics.committed()).isNull();
    assertThat(metrics.millisUncommitted()).isZero();
    assertThat(secondsBehind()).isZero();
    assertThat(gauges.get(Metric.COMMITTED_FILE).getAsDouble()).isNaN();
    assertThat(gauges.get(Metric.SECONDS_SINCE_EVENT).getAsDouble()).isNaN();
  }

  private double secondsBehind() {
    return gauges.get(Metric.SECONDS_BEHIND).getAsDouble();
  }

  private final class Gauges implements Metrics {
    @Override
    public Counter counter(Metric metric, String... values) {
      return new Counter();
    }

    @Override
    public void count(Metric metric, LongSupplier total) {}

    @Override
    public void gauge(Metric metric, DoubleSupplier value, String... values) {
      gauges.put(metric, value);
    }

    @Override
    public void time(Metric metric, long nanos) {}
  }
}
