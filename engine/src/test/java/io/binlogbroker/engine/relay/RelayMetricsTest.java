package io.binlogbroker.engine.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.metrics.Metric;
import org.junit.jupiter.api.Test;

class RelayMetricsTest {
  private final MeasuredMetrics measured = new MeasuredMetrics();
  private long now = 100_000;
  private final RelayMetrics metrics = new RelayMetrics(measured, () -> now);

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
    assertThat(measured.gauge(Metric.SECONDS_SINCE_EVENT)).isNaN();
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
    assertThat(measured.gauge(Metric.COMMITTED_FILE)).isNaN();
    assertThat(measured.gauge(Metric.SECONDS_SINCE_EVENT)).isNaN();
  }

  private double secondsBehind() {
    return measured.gauge(Metric.SECONDS_BEHIND);
  }
}
