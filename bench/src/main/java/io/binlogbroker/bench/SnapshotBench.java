package io.binlogbroker.bench;

import io.binlogbroker.bench.delay.SnapshotDelayBench;
import io.binlogbroker.bench.delay.SnapshotDelayResult;
import io.binlogbroker.bench.load.ExistingRows;
import io.binlogbroker.bench.load.WrittenLoad;
import io.binlogbroker.bench.subject.Servers;
import io.binlogbroker.engine.format.registry.Format;
import java.util.ArrayList;
import java.util.List;

/** Fills tables and measures the delivery of their rows. One thread. */
final class SnapshotBench {
  private final Servers servers;
  private final LoadBench bench;
  private final List<WrittenLoad> tables;

  private SnapshotBench(Servers servers, LoadBench bench, List<WrittenLoad> tables) {
    this.servers = servers;
    this.bench = bench;
    this.tables = tables;
  }

  /** Fills the tables. */
  static SnapshotBench prepare(Servers servers, LoadBench bench, List<ExistingRows> tables)
      throws Exception {
    List<WrittenLoad> written = new ArrayList<>();
    for (ExistingRows table : tables) {
      written.add(bench.write(table));
    }
    return new SnapshotBench(servers, bench, written);
  }

  /** Measures all subjects with each table. */
  List<LoadResult> run(int rounds) throws Exception {
    List<LoadResult> results = new ArrayList<>();
    for (WrittenLoad table : tables) {
      results.addAll(bench.run(table, rounds));
    }
    return results;
  }

  /** Measures the latency of a stream with and without a snapshot of the first table. */
  List<SnapshotDelayResult> delays(Format format, DelayArguments options) throws Exception {
    SnapshotDelayBench delays = SnapshotDelayBench.prepare(servers, format, options.seconds());
    List<SnapshotDelayResult> results = new ArrayList<>();
    for (int rate : options.rates()) {
      results.add(delays.run(rate, tables.get(0)));
    }
    return results;
  }
}
