package io.binlogbroker.bench.delay;

import java.util.List;
import java.util.Locale;

/** Writes delays as a Markdown table. */
public final class DelayTable {
  private static final String HEAD =
      """
      ### Delay, exactly once, from the insert to a `read_committed` consumer

      | transactions/s | of them reached | rows | p50 ms | p99 ms | max ms | MySQL's commit p50, p99 ms \
      | Kafka alone p50, p99 ms |
      |---|---|---|---|---|---|---|---|
      """;
  private static final String LEGEND =
      """

      From the moment when a writer sends its one-row transaction, MySQL's own commit included. \
      Writers follow a fixed schedule and never wait for the broker. "Kafka alone" is the same \
      from the broker's own sink on, fed at that rate, without MySQL and the broker.
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
