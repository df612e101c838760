package io.binlogbroker.broker.admin;

import io.binlogbroker.engine.metrics.Counter;
import io.binlogbroker.engine.metrics.Metric;
import io.binlogbroker.engine.metrics.Metrics;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/**
 * The metrics of a process in the Prometheus text format. Each has a label with the name of its
 * group. Any thread.
 */
public final class ProcessMetrics {
  private static final String PREFIX = "binlogbroker.";

  /** Upper limits of a histogram's buckets, from a commit without load to an outage. */
  private static final Duration[] BUCKETS =
      LongStream.of(
              1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000,
              300_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final PrometheusMeterRegistry prometheus =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final CompositeMeterRegistry meters =
      new CompositeMeterRegistry(Clock.SYSTEM, List.of(prometheus));

  private final Map<String, GroupMetrics> groups = new ConcurrentHashMap<>();

  /** Strong references: the registry itself keeps only weak ones. */
  private final Queue<Object> sources = new ConcurrentLinkedQueue<>();

  /** The metrics of a group of the process. */
  public Metrics of(String group) {
    return groups.computeIfAbsent(group, name -> new GroupMetrics(Tags.of("group", name)));
  }

  /** What was delivered of each table of a group. */
  public List<TableCount> tables(String group) {
    Map<List<String>, Long> bytes = new HashMap<>();
    counters(Metric.BYTES, group).forEach(c -> bytes.put(table(c), (long) c.count()));
    return counters(Metric.ROWS, group).stream()
        .map(
            c ->
                new TableCount(
                    table(c).get(0),
                    table(c).get(1),
                    table(c).get(2),
                    (long) c.count(),
                    bytes.getOrDefault(table(c), 0L)))
        .toList();
  }

  /** The sum of a counter of a group over all values of its tags; 0 where nothing is counted. */
  public long total(Metric metric, String group) {
    GroupMetrics known = groups.get(group);
    return known == null ? 0 : known.total(metric);
  }

  private Collection<FunctionCounter> counters(Metric metric, String group) {
    return prometheus.find(PREFIX + metric.label()).tag("group", group).functionCounters();
  }

  private static List<String> table(FunctionCounter counter) {
    return Metric.ROWS.tags().stream()
        .map(tag -> String.valueOf(counter.getId().getTag(tag)))
        .toList();
  }

  /** Gives all metrics to another registry as well. */
  void add(MeterRegistry other) {
    meters.add(other);
  }

  void remove(MeterRegistry other) {
    meters.remove(other);
  }

  /** All metrics in the Prometheus text format. */
  public String text() {
    return prometheus.scrape();
  }

  /** Registers the meters of one group. */
  private final class GroupMetrics implements Metrics {
    private final Tags group;
    private final Map<List<String>, Counter> counters = new ConcurrentHashMap<>();
    private final Map<Metric, Timer> timers = new EnumMap<>(Metric.class);

    GroupMetrics(Tags group) {
      this.group = group;
    }

    @Override
    public Counter counter(Metric metric, String... values) {
      List<String> key = new ArrayList<>(List.of(metric.label()));
      key.addAll(List.of(values));
      return counters.computeIfAbsent(List.copyOf(key), unused -> register(metric, values));
    }

    long total(Metric metric) {
      return counters.entrySet().stream()
          .filter(each -> each.getKey().get(0).equals(metric.label()))
          .mapToLong(each -> each.getValue().get())
          .sum();
    }

    private Counter register(Metric metric, String... values) {
      Counter counter = new Counter();
      sources.add(counter);
      FunctionCounter.builder(PREFIX + metric.label(), counter, Counter::get)
          .description(metric.description())
          .tags(tags(metric, values))
          .register(meters);
      return counter;
    }

    private Tags tags(Metric metric, String... values) {
      if (values.length != metric.tags().size()) {
        throw new IllegalArgumentException("Expected values for " + metric.tags());
      }
      Tags tags = group;
      for (int i = 0; i < values.length; i++) {
        tags = tags.and(metric.tags().get(i), values[i]);
      }
      return tags;
    }

    @Override
    public void count(Metric metric, LongSupplier total) {
      sources.add(total);
      FunctionCounter.builder(PREFIX + metric.label(), total, LongSupplier::getAsLong)
          .description(metric.description())
          .tags(group)
          .register(meters);
    }

    @Override
    public void gauge(Metric metric, DoubleSupplier value, String... values) {
      Gauge.builder(PREFIX + metric.label(), value::getAsDouble)
          .description(metric.description())
          .tags(tags(metric, values))
          .strongReference(true)
          .register(meters);
    }

    @Override
    public synchronized void time(Metric metric, long nanos) {
      timers.computeIfAbsent(metric, this::histogram).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer histogram(Metric metric) {
      return Timer.builder(PREFIX + metric.label())
          .description(metric.description())
          .tags(group)
          .serviceLevelObjectives(BUCKETS)
          .register(meters);
    }
  }
}
