package io.binlogbroker.engine.source.mysql.purge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PurgeForecastTest {
  private static final PurgeForecast SOON = new PurgeForecast(5, "a = 1");
  private static final PurgeForecast LATE = new PurgeForecast(50, "b = 1");
  private static final PurgeForecast UNKNOWN = new PurgeForecast(Double.NaN, "c = 1");

  private static final PurgeSettings.Limit LIMIT =
      new PurgeSettings.Limit(1_000, "max_binlog_total_size = 1000");

  @Test
  void theEarlierForecastCounts() {
    assertThat(SOON.or(LATE)).isSameAs(SOON);
    assertThat(LATE.or(SOON)).isSameAs(SOON);
  }

  @Test
  void anUnknownForecastDoesNotHideAKnownOne() {
    assertThat(SOON.or(UNKNOWN)).isSameAs(SOON);
    assertThat(UNKNOWN.or(SOON)).isSameAs(SOON);
  }

  @Test
  void aSettingWithoutAForecastIsNamed() {
    assertThat(PurgeForecast.NONE.or(UNKNOWN)).isSameAs(UNKNOWN);
    assertThat(UNKNOWN.or(PurgeForecast.NONE)).isSameAs(UNKNOWN);
  }

  @Test
  void aLogWithRoomIsPurgedWhenItHasGrownByThat() {
    assertThat(PurgeForecast.bySize(LIMIT, 900, 10).seconds()).isEqualTo(10);
    assertThat(PurgeForecast.bySize(LIMIT, 900, Double.NaN).seconds()).isNaN();
    assertThat(PurgeForecast.bySize(LIMIT, 900, 0).seconds()).isNaN();
  }

  @Test
  void aLogWithoutRoomIsPurgedNowHoweverFastItGrows() {
    assertThat(PurgeForecast.bySize(LIMIT, 1_000, Double.NaN).seconds()).isZero();
    assertThat(PurgeForecast.bySize(LIMIT, 1_001, 0).seconds()).isZero();
  }
}
