package io.binlogbroker.bench.delay;

import java.util.List;
import java.util.Locale;

/** Writes delays as a Markdown table. */
public final class DelayTable {
  private static final String HEAD =
      """
      ### Delay, exactly once, from the insert to a `read_committed` consumer

      | transactions/s | of them reached | rows | p50 ms | p99 ms | max ms |
      |---|---|---|---|---|---|
      """;
  private static final String LEGEND =
      """

      From the moment when a writer sends its one-row transaction, MySQL's own commit included. \
      Writers follow a fixed schedule and never wait for the broker.
      """;

  private DelayTable() {}

  public static String of(List<DelayResult> results) {
    StringBuilder text = new StringBuilder(HEAD);
    for (DelayResult result : results) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %,d | %,.0f | %,d | %.1f | %.1f | %.1f |%n",
              result.rate(),
              result.reached(),
              result.micros().length,
              result.millisAt(0.5),
              result.millisAt(0.99),
              result.millisAt(1)));
    }
    return text.append(LEGEND).toString();
  }
}
