package io.binlogbroker.bench.delay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DelaysTest {
  private final Delays delays = Delays.of(new long[] {4_000, 1_000, 3_000, 2_000});

  @Test
  void medianIsTheFiftiethPercentile() {
    assertThat(delays.millisAt(0.5)).isEqualTo(2.0);
  }

  @Test
  void hundredthPercentileIsTheMaximum() {
    assertThat(delays.millisAt(1)).isEqualTo(4.0);
  }
}
