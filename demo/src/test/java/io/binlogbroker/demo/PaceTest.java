package io.binlogbroker.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void changesAreSpreadOverTime() {
    Pace pace = new Pace(10, 0);

    assertThat(pace.pauseAfter(5, 0)).isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void lateChangesAreNotDelayed() {
    Pace pace = new Pace(10, 0);

    assertThat(pace.pauseAfter(5, 900_000_000)).isZero();
  }

  @Test
  void fullSpeedNeverWaits() {
    assertThat(new Pace(LoadPlan.FULL_SPEED, 0).pauseAfter(1000, 0)).isZero();
  }
}
