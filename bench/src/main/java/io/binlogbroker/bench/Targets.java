package io.binlogbroker.bench;

import io.binlogbroker.bench.delay.DelayResult;
import io.binlogbroker.bench.load.OltpLoad;
import io.binlogbroker.bench.load.WideLoad;
import io.binlogbroker.bench.subject.ProducerSubject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The performance targets of exactly-once delivery with readable messages, and whether they were
 * met. Where even the bare producer is below a throughput target, only the ratio to it is
 * meaningful.
 */
final class Targets {
  private static final String HEAD =
      """
      ### Targets for the broker, exactly once, format json

      | load | target | measured | result |
      |---|---|---|---|
      """;
  private static final String BROKER = "broker exactly-once json";
  private static final double TIMES_PRODUCER = 0.85;
  private static final double RESIDENT_MIB = 400;
  private static final double FIRST_ROW_SECONDS = 2;
  private static final double P50_MILLIS = 10;
  private static final double P99_MILLIS = 30;

  private final StringBuilder lines = new StringBuilder();

  private Targets() {}

  /** Returns a Markdown table; empty if nothing with a target was measured. */
  static String of(List<LoadResult> loads, List<DelayResult> delays) {
    Targets targets = new Targets();
    loads.stream().filter(load -> load.subjects().contains(BROKER)).forEach(targets::add);
    delays.forEach(targets::add);
    return targets.lines.isEmpty() ? "" : HEAD + targets.lines + "\n";
  }

  private void add(LoadResult result) {
    String load = result.load();
    if (load.equals(OltpLoad.SCHEMA)) {
      atLeast(load, "rows/s", 250_000, spread(result, Measurement::rowsPerSecond), "%,.0f");
      atMost(load, "CPU µs a row", 6, spread(result, Measurement::cpuMicros), "%.2f");
    }
    if (load.equals(WideLoad.SCHEMA)) {
      atLeast(load, "rows/s", 200_000, spread(result, Measurement::rowsPerSecond), "%,.0f");
    }
    if (result.subjects().contains(ProducerSubject.NAME)) {
      Spread times = result.timesAsFastAs(ProducerSubject.NAME, BROKER);
      atLeast(load, "times bare producer", TIMES_PRODUCER, times, "%.2f");
    }
    Spread resident = spread(result, Measurement::peakResidentMib);
    atMost(load, "peak RSS MiB", RESIDENT_MIB, resident, "%.0f");
    Spread first = spread(result, Measurement::secondsToFirst);
    atMost(load, "start to first row s", FIRST_ROW_SECONDS, first, "%.1f");
  }

  private static Spread spread(LoadResult result, ToDoubleFunction<Measurement> of) {
    return result.spread(BROKER, of);
  }

  private void add(DelayResult result) {
    String load = String.format(Locale.ROOT, "%,d transactions/s", result.rate());
    atMost(load, "delay p50 ms", P50_MILLIS, one(result.p50Millis()), "%.1f");
    atMost(load, "delay p99 ms", P99_MILLIS, one(result.p99Millis()), "%.1f");
  }

  private static Spread one(double value) {
    return new Spread(value, value, value);
  }

  private void atLeast(String load, String what, double target, Spread measured, String number) {
    line(
        load,
        what + " ≥ " + text(number, target),
        measured.text(number),
        measured.median() >= target);
  }

  private void atMost(String load, String what, double target, Spread measured, String number) {
    line(
        load,
        what + " ≤ " + text(number, target),
        measured.text(number),
        measured.median() <= target);
  }

  private static String text(String number, double value) {
    return String.format(Locale.ROOT, number, value);
  }

  private void line(String load, String target, String measured, boolean isMet) {
    List<String> cells = new ArrayList<>(List.of(load, target, measured));
    cells.add(isMet ? "met" : "**not met**");
    lines.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
