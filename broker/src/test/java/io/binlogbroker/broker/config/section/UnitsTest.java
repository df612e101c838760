package io.binlogbroker.broker.config.section;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
  @ParameterizedTest
  @CsvSource({"100ms,PT0.1S", "3s,PT3S", "1m,PT1M", "2h,PT2H", "' 5 s ',PT5S"})
  void aDurationHasAUnit(String text, Duration duration) {
    assertThat(DurationText.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3", "s", "-3s", "1.5s", "3 days", "9999999999999s", "PT3S"})
  void aMalformedDurationIsRefused(String text) {
    assertThatThrownBy(() -> DurationText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected a duration with its unit");
  }

  @ParameterizedTest
  @CsvSource({"8MiB,8388608", "64KB,64000", "1GiB,1073741824", "1 kib,1024", "7,7", "7b,7"})
  void aSizeHasAUnitOrIsInBytes(String text, long bytes) {
    assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "MiB", "-1", "1.5GiB", "8 MB/s", "9999999999999999999", "9999999999GiB"})
  void aMalformedSizeIsRefused(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected a size");
  }

  @Test
  void aSizeIsPrintedInTheLargestUnitThatFits() {
    assertThat(new ByteSize(1L << 30)).hasToString("1GiB");
    assertThat(new ByteSize(65L << 20)).hasToString("65MiB");
    assertThat(new ByteSize(1536)).hasToString("1536B");
  }
}
