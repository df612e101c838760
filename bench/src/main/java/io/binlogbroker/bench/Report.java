package io.binlogbroker.bench;

import io.binlogbroker.bench.delay.DelayResult;
import io.binlogbroker.bench.delay.DelayTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** All results, as text and as a chart. */
record Report(List<LoadResult> loads, List<DelayResult> delays) {
  private static final String LEGEND =
      """
      Medians (minimum-maximum). Rates are between the first and the last time that committed \
      messages were observed; the CPU is that of the subject's process. The bare \
      producer reads its messages from a file in the page cache, as two arrays each.

      """;

  String markdown() {
    StringBuilder text = new StringBuilder();
    loads.forEach(load -> text.append(ResultTable.of(load)));
    if (!loads.isEmpty()) {
      text.append(LEGEND);
    }
    if (!delays.isEmpty()) {
      text.append(DelayTable.of(delays));
    }
    return text.append('\n').append(Targets.of(loads, delays)).toString();
  }

  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("results.md"), markdown());
    if (!loads.isEmpty()) {
      Files.writeString(folder.resolve("results.svg"), BarChart.of(loads));
    }
  }
}
