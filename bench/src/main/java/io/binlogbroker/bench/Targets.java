package io.binlogbroker.bench;

import io.binlogbroker.bench.delay.DelayResult;
import io.binlogbroker.bench.load.OltpLoad;
import io.binlogbroker.bench.load.WideLoad;
import io.binlogbroker.bench.subject.ProducerSubject;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The performance targets of exactly-once delivery with readable messages, and whether they were
 * met. Where even the bare producer is below a throughput target, only the ratio to it is
 * meaningful.
 */
final class Targets {
  static final String BROKER = "broker exactly-once json";
  static final double TIMES_PRODUCER = 0.85;
  private static final double RESIDENT_MIB = 400;
  private static final double FIRST_ROW_SECONDS = 2;
  private static final double P50_MILLIS = 10;
  private static final double P99_MILLIS = 30;

  private final TargetTable table = new TargetTable();

  private Targets() {}

  /** Returns a Markdown table; empty if nothing with a target was measured. */
  static String of(List<LoadResult> loads, List<DelayResult> delays) {
    Targets targets = new Targets();
    loads.stream().filter(load -> load.subjects().contains(BROKER)).forEach(targets::add);
    delays.forEach(targets::add);
    return targets.table.markdown();
  }

  private void add(LoadResult result) {
    String load = result.load();
    if (load.equals(OltpLoad.SCHEMA)) {
      table.atLeast(load, "rows/s", 250_000, spread(result, Measurement::rowsPerSecond), "%,.0f");
      table.atMost(load, "CPU µs a row", 6, spread(result, Measurement::cpuMicros), "%.2f");
    }
    if (load.equals(WideLoad.SCHEMA)) {
      table.atLeast(load, "rows/s", 200_000, spread(result, Measurement::rowsPerSecond), "%,.0f");
    }
    if (result.subjects().contains(ProducerSubject.NAME)) {
      Spread times = result.timesAsFastAs(ProducerSubject.NAME, BROKER);
      table.atLeast(load, "times bare producer", TIMES_PRODUCER, times, "%.2f");
    }
    Spread resident = spread(result, Measurement::peakResidentMib);
    table.atMost(load, "peak RSS MiB", RESIDENT_MIB, resident, "%.0f");
    Spread first = spread(result, Measurement::secondsToFirst);
    table.atMost(load, "start to first row s", FIRST_ROW_SECONDS, first, "%.1f");
  }

  private static Spread spread(LoadResult result, ToDoubleFunction<Measurement> of) {
    return result.spread(BROKER, of);
  }

  private void add(DelayResult result) {
    String load = String.format(Locale.ROOT, "%,d transactions/s", result.rate());
    table.atMost(load, "delay p50 ms", P50_MILLIS, Spread.of(result.p50Millis()), "%.1f");
    table.atMost(load, "delay p99 ms", P99_MILLIS, Spread.of(result.p99Millis()), "%.1f");
  }
}
