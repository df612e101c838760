package io.binlogbroker.broker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.metrics.Counter;
import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.metrics.Metrics;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OtlpPushTest {
  private static final Duration RARELY = Duration.ofHours(1);
  private static final Duration OFTEN = Duration.ofSeconds(1);

  private final OtlpReceiver receiver = new OtlpReceiver();
  private final ProcessMetrics metrics = new ProcessMetrics();
  private final Metrics mall = metrics.of("db_mall");
  private final Counter parked = mall.counter(Metric.PARKED_ROWS);

  OtlpPushTest() throws IOException {}

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void theCollectorReceivesTheSeriesOfEachGroup() throws Exception {
    try (OtlpPush push = OtlpPush.start(metrics, receiver.config(RARELY), "1.2.3", ":8846")) {
      assertThat(push).hasToString("to " + receiver.config(RARELY).url() + " every 3600 s");
      mall.counter(Metric.ROWS, "mall", "goods", "insert").add(4);
      mall.gauge(Metric.MASTER, () -> 1);
      mall.time(Metric.DELIVERY_DELAY, TimeUnit.MILLISECONDS.toNanos(3));
      mall.time(Metric.DELIVERY_DELAY, TimeUnit.MILLISECONDS.toNanos(4));
    }

    ExportMetricsServiceRequest pushed = receiver.next();
    assertThat(resource(pushed))
        .containsEntry("service.name", "binlogbroker")
        .containsEntry("service.version", "1.2.3")
        .hasEntrySatisfying("service.instance.id", id -> assertThat(id).endsWith(":8846"));
    NumberDataPoint rows = metric(pushed, "binlogbroker.rows").getSum().getDataPoints(0);
    assertThat(rows.getAsDouble()).isEqualTo(4);
    assertThat(attributes(rows.getAttributesList()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("group", "db_mall", "schema", "mall", "table", "goods", "action", "insert"));
    assertThat(metric(pushed, "binlogbroker.master").getGauge().getDataPoints(0).getAsDouble())
        .isEqualTo(1);
    HistogramDataPoint delay =
        metric(pushed, "binlogbroker.delivery.delay").getHistogram().getDataPoints(0);
    assertThat(delay.getCount()).isEqualTo(2);
    assertThat(delay.getBucketCounts(delay.getExplicitBoundsList().indexOf(0.005))).isEqualTo(2);
    assertThat(receiver.nextToken()).isEqualTo("Bearer s3cret");
  }

  @Test
  void whatIsMeasuredBeforeAndAfterTheStartIsPushedRegularly() throws Exception {
    parked.add(2);
    try (OtlpPush push = OtlpPush.start(metrics, receiver.config(OFTEN), "1", "")) {
      assertThat(sum(receiver.next(), "binlogbroker.parked.rows")).isEqualTo(2);
      parked.add(5);
      ExportMetricsServiceRequest next = receiver.next();
      while (sum(next, "binlogbroker.parked.rows") == 2) {
        next = receiver.next();
      }
      assertThat(sum(next, "binlogbroker.parked.rows")).as(push.toString()).isEqualTo(7);
    }
  }

  @Test
  void aCollectorThatDoesNotAnswerDelaysNeitherMetricsNorTheEndForLong() throws Exception {
    receiver.stall();
    long start = System.nanoTime();
    try (OtlpPush push = OtlpPush.start(metrics, receiver.config(OFTEN), "1", "")) {
      assertThat(push).isNotNull();
      receiver.next();
      parked.increment();
      mall.time(Metric.COMMIT_TIME, 1);
      assertThat(metrics.text()).contains("binlogbroker_parked_rows_total{group=\"db_mall\"} 1.0");
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
  }

  private static io.opentelemetry.proto.metrics.v1.Metric metric(
      ExportMetricsServiceRequest pushed, String name) {
    return pushed.getResourceMetricsList().stream()
        .map(ResourceMetrics::getScopeMetricsList)
        .flatMap(List::stream)
        .flatMap(scope -> scope.getMetricsList().stream())
        .filter(metric -> metric.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is missing in " + pushed));
  }

  private static double sum(ExportMetricsServiceRequest pushed, String name) {
    return metric(pushed, name).getSum().getDataPoints(0).getAsDouble();
  }

  private static Map<String, String> resource(ExportMetricsServiceRequest pushed) {
    return attributes(pushed.getResourceMetrics(0).getResource().getAttributesList());
  }

  private static Map<String, String> attributes(List<KeyValue> attributes) {
    return attributes.stream()
        .collect(Collectors.toMap(KeyValue::getKey, each -> each.getValue().getStringValue()));
  }
}
