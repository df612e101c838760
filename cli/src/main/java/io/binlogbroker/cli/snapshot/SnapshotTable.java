package io.binlogbroker.cli.snapshot;

import io.binlogbroker.engine.snapshot.SnapshotState;
import io.binlogbroker.engine.snapshot.SnapshotState.Status;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Prints the states of snapshots, a line each. One thread. */
final class SnapshotTable {
  private static final String LINE = "%-10s %-32s %15s %8s  %-20s %s%n";

  private final PrintStream out;

  SnapshotTable(PrintStream out) {
    this.out = out;
  }

  void print(List<SnapshotState> states) {
    if (states.isEmpty()) {
      out.println("No snapshot was started.");
      return;
    }
    out.printf(LINE, "STATUS", "TABLE", "ROWS", "SKIPPED", "STARTED", "");
    states.forEach(this::print);
  }

  private void print(SnapshotState state) {
    out.printf(
        Locale.ROOT,
        LINE,
        state.status().name().toLowerCase(Locale.ROOT),
        state.schema() + "." + state.table(),
        String.format(Locale.ROOT, "%,d", state.rows()),
        String.format(Locale.ROOT, "%,d", state.skipped()),
        instant(state.started()),
        remark(state));
  }

  private static String remark(SnapshotState state) {
    if (state.reason() != null) {
      return state.reason();
    }
    String of = state.where() == null ? "" : ", where " + state.where();
    if (state.status() == Status.READING || state.status() == Status.PAUSED) {
      return SnapshotWatch.percent(state) + of;
    }
    return "ended " + instant(state.ended()) + of;
  }

  private static String instant(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
