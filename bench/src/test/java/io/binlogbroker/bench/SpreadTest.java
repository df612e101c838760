package io.binlogbroker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void medianOfAnOddCountIsTheMiddleValue() {
    assertThat(Spread.of(List.of(3.0, 9.0, 1.0))).isEqualTo(new Spread(3, 1, 9));
  }

  @Test
  void medianOfAnEvenCountIsTheMeanOfTheMiddleValues() {
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(new Spread(3, 1, 9));
  }

  @Test
  void missingValueIsADash() {
    assertThat(Spread.of(List.of(Double.NaN)).text("%.1f")).isEqualTo("-");
  }

  @Test
  void textIsMedianWithMinimumAndMaximum() {
    assertThat(new Spread(1500, 1000, 2000).text("%,.0f")).isEqualTo("1,500 (1,000-2,000)");
  }
}
