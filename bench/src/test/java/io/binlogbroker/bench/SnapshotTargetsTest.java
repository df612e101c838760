package io.binlogbroker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotTargetsTest {
  @Test
  void brokerIsComparedWithTheInitialSnapshotAndTheProducer() {
    LoadResult result =
        new LoadResult("narrow", "json", 5_000_000, List.of())
            .with(
                Map.of(
                    "broker exactly-once json", measurement(400_000),
                    "bare producer", measurement(500_000),
                    "Debezium Server 3.6.1.Final, initial", measurement(32_000),
                    "Debezium Server 3.6.1.Final, incremental", measurement(10_000)));

    assertThat(SnapshotTargets.of(List.of(result), List.of()))
        .contains(
            "| narrow | times Debezium Server 3.6.1.Final, initial ≥ 10.00 | 12.50 (12.50-12.50)"
                + " | met |")
        .contains("| narrow | times bare producer ≥ 0.85 | 0.80 (0.80-0.80) | **not met** |")
        .contains("| narrow | peak RSS MiB ≤ 350 | 180 (180-180) | met |")
        .doesNotContain("incremental");
  }

  @Test
  void subjectThatDidNotRunHasNoTarget() {
    LoadResult result =
        new LoadResult("narrow", "json", 5_000_000, List.of())
            .with(Map.of("broker exactly-once json", measurement(400_000)));

    assertThat(SnapshotTargets.of(List.of(result), List.of())).doesNotContain("Debezium", "bare");
  }

  private static Measurement measurement(double rowsPerSecond) {
    return new Measurement(rowsPerSecond, 100_000, 2.5, 180, 1.8, 1_700, 20, 100);
  }
}
