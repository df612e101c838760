package io.binlogbroker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetsTest {
  @Test
  void medianOfTheRoundsIsComparedWithTheTarget() {
    LoadResult result =
        new LoadResult("sbtest", "json", 800_000, List.of())
            .with(round(240_000, 250_000))
            .with(round(260_000, 300_000))
            .with(round(251_000, 299_000));

    assertThat(Targets.of(List.of(result), List.of()))
        .contains("| sbtest | rows/s ≥ 250,000 | 251,000 (240,000-260,000) | met |")
        .contains("| sbtest | times bare producer ≥ 0.85 | 0.87 (0.84-0.96) | met |")
        .contains("| sbtest | CPU µs a row ≤ 6.00 | 6.50 (6.50-6.50) | **not met** |");
  }

  @Test
  void loadWithoutTargetsHasNoTable() {
    LoadResult result = new LoadResult("sbtest", "msgpack", 1, List.of()).with(Map.of());

    assertThat(Targets.of(List.of(result), List.of())).isEmpty();
  }

  private static Map<String, Measurement> round(double broker, double producer) {
    return Map.of(
        "broker exactly-once json", measurement(broker), "bare producer", measurement(producer));
  }

  private static Measurement measurement(double rowsPerSecond) {
    return new Measurement(rowsPerSecond, 100_000, 6.5, 180, 1.8, 1_700, 20, 100);
  }
}
