package io.binlogbroker.broker;

import io.binlogbroker.engine.event.EventKind;
import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.metrics.Metrics;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts the events of a group that have a metric. Any thread. */
final class EventCounters {
  private static final Map<EventKind, Metric> COUNTED =
      Map.of(
          EventKind.MASTER, Metric.TERMS,
          EventKind.RECONNECT, Metric.RETRIES,
          EventKind.CONFIG_REFUSED, Metric.CONFIG_REFUSALS);

  private final Map<EventKind, LongAdder> counts = new EnumMap<>(EventKind.class);

  EventCounters(Metrics metrics) {
    COUNTED.forEach(
        (kind, metric) -> {
          LongAdder count = new LongAdder();
          counts.put(kind, count);
          metrics.count(metric, count::sum);
        });
  }

  void add(EventKind kind) {
    LongAdder count = counts.get(kind);
    if (count != null) {
      count.increment();
    }
  }
}
