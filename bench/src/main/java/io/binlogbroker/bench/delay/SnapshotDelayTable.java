package io.binlogbroker.bench.delay;

import java.util.List;
import java.util.Locale;

/** Writes latencies with and without a snapshot as a Markdown table. */
public final class SnapshotDelayTable {
  private static final String HEAD =
      """
      ### Latency during a snapshot, exactly once, from the insert to a `read_committed` consumer

      | transactions/s | snapshot | transactions/s reached | rows | p50 ms | p99 ms | max ms \
      | MySQL's commit p50, p99 ms |
      |---|---|---|---|---|---|---|---|
      """;
  private static final String LEGEND =
      """

      Measured from the moment a writer sends its one-row transaction, including MySQL's commit. \
      The snapshot is that of another table, by the same broker, from its start on; rows count \
      after a warm-up and until its last row was committed.
      """;

  private SnapshotDelayTable() {}

  public static String of(List<SnapshotDelayResult> results) {
    StringBuilder text = new StringBuilder(HEAD);
    for (SnapshotDelayResult result : results) {
      DelayResult without = result.without();
      int rate = without.rate();
      text.append(line(rate, "none", without.reached(), without.rows(), without.inserts()));
      String snapshot =
          String.format(
              Locale.ROOT, "%,d rows, %,.0f rows/s", result.existing(), result.existingPerSecond());
      text.append(line(rate, snapshot, result.reached(), result.rows(), result.inserts()));
    }
    return text.append(LEGEND).toString();
  }

  private static String line(
      int rate, String snapshot, double reached, Delays rows, Delays inserts) {
    return String.format(
        Locale.ROOT,
        "| %,d | %s | %,.0f | %,d | %.1f | %.1f | %.1f | %.1f, %.1f |%n",
        rate,
        snapshot,
        reached,
        rows.count(),
        rows.millisAt(0.5),
        rows.millisAt(0.99),
        rows.millisAt(1),
        inserts.millisAt(0.5),
        inserts.millisAt(0.99));
  }
}
