package io.binlogbroker.bench;

import java.util.Collection;
import java.util.Locale;

/** Median, minimum and maximum of several runs. */
record Spread(double median, double min, double max) {
  static Spread of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  static Spread of(double value) {
    return new Spread(value, value, value);
  }

  /**
   * Formats as {@code 5.4 (5.1-6.0)}.
   *
   * @param number format of a number, such as {@code %.1f}
   */
  String text(String number) {
    // NaN is sorted after all numbers.
    if (Double.isNaN(max)) {
      return "-";
    }
    String both = number + " (" + number + "-" + number + ")";
    return String.format(Locale.ROOT, both, median, min, max);
  }
}
