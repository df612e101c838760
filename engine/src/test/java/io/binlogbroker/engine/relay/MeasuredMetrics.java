package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.metrics.Counter;
import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.metrics.Metrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Keeps what is measured. */
final class MeasuredMetrics implements Metrics {
  private final Map<List<Object>, Counter> counters = new HashMap<>();
  private final Map<Metric, DoubleSupplier> gauges = new EnumMap<>(Metric.class);
  private final Map<Metric, List<Long>> times = new EnumMap<>(Metric.class);

  /** The nanoseconds of a histogram's events. */
  List<Long> times(Metric metric) {
    return times.getOrDefault(metric, List.of());
  }

  double gauge(Metric metric) {
    return gauges.get(metric).getAsDouble();
  }

  @Override
  public Counter counter(Metric metric, String... values) {
    return counters.computeIfAbsent(List.of(metric, Arrays.asList(values)), key -> new Counter());
  }

  @Override
  public void count(Metric metric, LongSupplier total) {}

  @Override
  public void gauge(Metric metric, DoubleSupplier value, String... values) {
    gauges.put(metric, value);
  }

  @Override
  public void time(Metric metric, long nanos) {
    times.computeIfAbsent(metric, key -> new ArrayList<>()).add(nanos);
  }
}
