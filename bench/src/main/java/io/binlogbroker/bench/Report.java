package io.binlogbroker.bench;

import io.binlogbroker.bench.delay.DelayResult;
import io.binlogbroker.bench.delay.DelayTable;
import io.binlogbroker.bench.delay.SnapshotDelayResult;
import io.binlogbroker.bench.delay.SnapshotDelayTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * All results, as text and as a chart.
 *
 * @param delays a Markdown table; empty if there are none
 * @param targets a Markdown table; empty if there are none
 */
record Report(List<LoadResult> loads, String delays, String targets) {
  private static final String LEGEND =
      """
      Medians (minimum-maximum). Rates are between the first and the last time that committed \
      messages were observed, or since the start of the process; the CPU is that of the subject's \
      process between both times. The bare producer reads its messages from a file in the page \
      cache, as two arrays each.

      """;

  static Report ofChanges(List<LoadResult> loads, List<DelayResult> delays) {
    return new Report(
        loads, delays.isEmpty() ? "" : DelayTable.of(delays), Targets.of(loads, delays));
  }

  static Report ofSnapshots(List<LoadResult> loads, List<SnapshotDelayResult> delays) {
    return new Report(
        loads,
        delays.isEmpty() ? "" : SnapshotDelayTable.of(delays),
        SnapshotTargets.of(loads, delays));
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    loads.forEach(load -> text.append(ResultTable.of(load)));
    if (!loads.isEmpty()) {
      text.append(LEGEND);
    }
    return text.append(delays).append('\n').append(targets).toString();
  }

  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("results.md"), markdown());
    if (!loads.isEmpty()) {
      Files.writeString(folder.resolve("results.svg"), BarChart.of(loads));
    }
  }
}
