package io.binlogbroker.bench.scale;

import io.binlogbroker.bench.Measurement;
import java.util.List;
import java.util.Locale;

/**
 * The result of one step.
 *
 * @param changes rows changed in the binary log
 * @param delivered number of delivered changes, counted in the topics
 * @param bytes of binary log
 * @param run measurement of the delivered rows
 */
record StepResult(String label, long changes, long delivered, long bytes, Measurement run) {
  static final List<String> HEAD =
      List.of(
          "row changes",
          "delivered",
          "changes/s",
          "binlog MB/s",
          "CPU µs a change",
          "CPU µs a KB",
          "allocated bytes a change",
          "peak RSS MiB",
          "start to first row s");

  /** The label, then the cells in the order of {@link #HEAD}. */
  List<String> cells() {
    return List.of(
        label,
        text("%,d", changes),
        text("%,d", delivered),
        text("%,.0f", changesPerSecond()),
        text("%.1f", changesPerSecond() * bytesPerChange() / 1e6),
        text("%.2f", cpuMicros()),
        text("%.2f", cpuMicros() / bytesPerChange() * 1e3),
        text("%.0f", run.allocatedBytes() * delivered / changes),
        text("%.0f", run.peakResidentMib()),
        text("%.1f", run.secondsToFirst()));
  }

  /** A line of progress output. */
  String line() {
    return text(
        "%s: %,.0f changes/s, %.2f µs, %.0f MiB, first row after %.1f s",
        label, changesPerSecond(), cpuMicros(), run.peakResidentMib(), run.secondsToFirst());
  }

  private double changesPerSecond() {
    return run.rowsPerSecond() * changes / delivered;
  }

  private double cpuMicros() {
    return run.cpuMicros() * delivered / changes;
  }

  private double bytesPerChange() {
    return (double) bytes / changes;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
