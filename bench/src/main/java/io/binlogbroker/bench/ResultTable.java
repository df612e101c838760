package io.binlogbroker.bench;

import io.binlogbroker.bench.subject.DebeziumMode;
import io.binlogbroker.bench.subject.ProducerSubject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes the results of a load as a Markdown table: medians with minimum and maximum. */
final class ResultTable {
  private ResultTable() {}

  static String of(LoadResult result) {
    StringBuilder text = new StringBuilder();
    text.append("### ").append(result.title()).append("\n\n");
    List<String> head = head(result);
    line(text, head);
    line(text, head.stream().map(title -> "---").toList());
    result.subjects().forEach(subject -> line(text, row(result, subject)));
    return text.append('\n').toString();
  }

  private static List<String> head(LoadResult result) {
    List<String> head =
        new ArrayList<>(List.of("", "rows/s", "rows/s since start", "CPU µs a row"));
    rivals(result).forEach(rival -> head.add("times " + rival));
    head.addAll(
        List.of(
            "peak RSS MiB",
            "start to first row s",
            "allocated bytes a row",
            "GC pauses",
            "GC pause ms"));
    return head;
  }

  private static List<String> row(LoadResult result, String subject) {
    List<String> row = new ArrayList<>();
    row.add(subject);
    row.add(result.spread(subject, Measurement::rowsPerSecond).text("%,.0f"));
    row.add(result.spread(subject, Measurement::rowsPerSecondSinceStart).text("%,.0f"));
    row.add(result.spread(subject, Measurement::cpuMicros).text("%.2f"));
    for (String rival : rivals(result)) {
      row.add(result.timesAsFastAs(rival, subject).text("%.2f"));
    }
    row.add(result.spread(subject, Measurement::peakResidentMib).text("%.0f"));
    row.add(result.spread(subject, Measurement::secondsToFirst).text("%.1f"));
    row.add(result.spread(subject, Measurement::allocatedBytes).text("%.0f"));
    row.add(result.spread(subject, Measurement::collections).text("%.0f"));
    row.add(result.spread(subject, Measurement::collectionMillis).text("%.0f"));
    return row;
  }

  /** The subjects for comparison, if they ran. */
  private static List<String> rivals(LoadResult result) {
    List<String> rivals = new ArrayList<>(List.of(ProducerSubject.NAME, ProducerSubject.READING));
    Arrays.stream(DebeziumMode.values()).map(DebeziumMode::subject).forEach(rivals::add);
    rivals.retainAll(result.subjects());
    return rivals;
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
