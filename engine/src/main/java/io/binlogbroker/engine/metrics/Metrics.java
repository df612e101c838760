package io.binlogbroker.engine.metrics;

import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Takes what is measured of one group. Any thread. */
public interface Metrics {
  /**
   * The counter of a metric, to be added to; the same one for equal values.
   *
   * @param values of the metric's {@link Metric#tags}, in their order
   */
  Counter counter(Metric metric, String... values);

  /** Has a metric read that is counted elsewhere. */
  void count(Metric metric, LongSupplier total);

  /**
   * Has a value read whenever it is asked for; NaN where it is not known. Registered again for
   * equal values, it has no effect.
   *
   * @param values of the metric's {@link Metric#tags}, in their order
   */
  void gauge(Metric metric, DoubleSupplier value, String... values);

  /** Adds an event of a {@link Metric.Kind#HISTOGRAM} that took this long, in nanoseconds. */
  void time(Metric metric, long nanos);

  /** Takes everything and shows nothing. */
  static Metrics none() {
    return new Metrics() {
      @Override
      public Counter counter(Metric metric, String... values) {
        return new Counter();
      }

      @Override
      public void count(Metric metric, LongSupplier total) {}

      @Override
      public void gauge(Metric metric, DoubleSupplier value, String... values) {}

      @Override
      public void time(Metric metric, long nanos) {}
    };
  }
}
