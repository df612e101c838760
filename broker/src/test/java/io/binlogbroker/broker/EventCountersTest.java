package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.admin.ProcessMetrics;
import io.binlogbroker.engine.event.EventKind;
import org.junit.jupiter.api.Test;

class EventCountersTest {
  private final ProcessMetrics metrics = new ProcessMetrics();
  private final EventCounters counters = new EventCounters(metrics.of("g"));

  @Test
  void eventsWithAMetricAreCounted() {
    counters.add(EventKind.MASTER);
    counters.add(EventKind.MASTER);
    counters.add(EventKind.CONFIG_REFUSED);
    counters.add(EventKind.DDL);

    assertThat(metrics.text())
        .contains("binlogbroker_terms_total{group=\"g\"} 2.0")
        .contains("binlogbroker_config_refusals_total{group=\"g\"} 1.0")
        .contains("binlogbroker_retries_total{group=\"g\"} 0.0");
  }
}
