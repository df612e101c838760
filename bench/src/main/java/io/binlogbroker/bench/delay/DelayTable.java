package io.binlogbroker.bench.delay;

import java.util.List;
import java.util.Locale;

/** Writes latencies as a Markdown table. */
public final class DelayTable {
  private static final String HEAD =
      """
      ### Latency, exactly once, from the insert to a `read_committed` consumer

      | transactions/s | transactions/s reached | rows | p50 ms | p99 ms | max ms | MySQL's commit p50, p99 ms \
      | Kafka alone p50, p99 ms |
      |---|---|---|---|---|---|---|---|
      """;
  private static final String LEGEND =
      """

      Measured from the moment a writer sends its one-row transaction, including MySQL's commit. \
      Writers follow a fixed schedule and never wait for the broker. "Kafka alone" is measured \
      from the broker's sink, at the same rate, without MySQL and the broker.
      """;

  private DelayTable() {}

  public static String of(List<DelayResult> results) {
    StringBuilder text = new StringBuilder(HEAD);
    for (DelayResult result : results) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %,d | %,.0f | %,d | %.1f | %.1f | %.1f | %.1f, %.1f | %.1f, %.1f |%n",
              result.rate(),
              result.reached(),
              result.rows().count(),
              result.p50Millis(),
              result.p99Millis(),
              result.rows().millisAt(1),
              result.inserts().millisAt(0.5),
              result.inserts().millisAt(0.99),
              result.kafka().millisAt(0.5),
              result.kafka().millisAt(0.99)));
    }
    return text.append(LEGEND).toString();
  }
}
