package io.binlogbroker.bench.subject;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GcLogTest {
  private static final GcLog LOG =
      GcLog.of(
          """
          [100ns] Using Serial
          [200ns] GC(0) Pause Young (Allocation Failure) 52M->3M(185M) 2.500ms
          [300ns] GC(1) Concurrent Mark Cycle 12.3ms
          [400ns] GC(2) Pause Young (Normal) (G1 Evacuation Pause) 55M->5M(185M) 1.500ms
          [500ns] GC(3) Pause Full (Metadata GC Threshold) 25M->6M(185M) 9.000ms
          """);

  @Test
  void onlyPausesAreCounted() {
    assertThat(LOG.pauses()).hasSize(3);
    assertThat(LOG.millis()).isEqualTo(13.0);
  }

  @Test
  void growthBetweenPausesIsAllocation() {
    assertThat(LOG.allocatedMib()).isEqualTo(55 - 3 + 25 - 5);
  }

  @Test
  void pausesOutsideTheRangeAreOmitted() {
    assertThat(LOG.between(300, 450).pauses()).containsExactly(new GcLog.Pause(400, 55, 5, 1.5));
  }
}
