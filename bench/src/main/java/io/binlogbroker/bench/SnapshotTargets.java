package io.binlogbroker.bench;

import io.binlogbroker.bench.delay.SnapshotDelayResult;
import io.binlogbroker.bench.subject.DebeziumMode;
import io.binlogbroker.bench.subject.ProducerSubject;
import java.util.List;
import java.util.Locale;

/** The performance targets of snapshots, and whether they were met. */
final class SnapshotTargets {
  private static final double TIMES_DEBEZIUM = 10;
  private static final double RESIDENT_MIB = 350;
  private static final double P50_TIMES = 2;

  private final TargetTable table = new TargetTable();

  private SnapshotTargets() {}

  /** Returns a Markdown table; empty if nothing with a target was measured. */
  static String of(List<LoadResult> loads, List<SnapshotDelayResult> delays) {
    SnapshotTargets targets = new SnapshotTargets();
    loads.stream().filter(load -> load.subjects().contains(Targets.BROKER)).forEach(targets::add);
    delays.forEach(targets::add);
    return targets.table.markdown();
  }

  private void add(LoadResult result) {
    times(result, DebeziumMode.INITIAL_SNAPSHOT.subject(), TIMES_DEBEZIUM);
    times(result, ProducerSubject.NAME, Targets.TIMES_PRODUCER);
    times(result, ProducerSubject.READING, Targets.TIMES_PRODUCER);
    table.atMost(
        result.load(),
        "peak RSS MiB",
        RESIDENT_MIB,
        result.spread(Targets.BROKER, Measurement::peakResidentMib),
        "%.0f");
  }

  private void times(LoadResult result, String other, double target) {
    if (result.subjects().contains(other)) {
      Spread times = result.timesAsFastAs(other, Targets.BROKER);
      table.atLeast(result.load(), "times " + other, target, times, "%.2f");
    }
  }

  private void add(SnapshotDelayResult result) {
    table.atMost(
        String.format(Locale.ROOT, "%,d transactions/s", result.without().rate()),
        "delay p50 during a snapshot, times without",
        P50_TIMES,
        Spread.of(result.p50Times()),
        "%.2f");
  }
}
