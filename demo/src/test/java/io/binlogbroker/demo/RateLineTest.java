package io.binlogbroker.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLineTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void ratesAreThoseOfTheLastSample() {
    RateLine rates = new RateLine(0);
    rates.written(3000);
    rates.arrived(2000);
    rates.line(2 * SECOND);
    rates.written(100);
    rates.arrived(50);

    assertThat(rates.line(3 * SECOND))
        .isEqualTo("written 3,100 changes, 100/s | arrived 2,050, 50/s | in flight 1,050");
  }

  @Test
  void aSampleLastsASecond() {
    RateLine rates = new RateLine(0);
    rates.written(100);
    rates.line(SECOND);
    rates.written(1);

    assertThat(rates.line(SECOND + 1)).startsWith("written 101 changes, 100/s");
  }
}
