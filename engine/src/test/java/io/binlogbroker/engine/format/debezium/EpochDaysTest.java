package io.binlogbroker.engine.format.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochDaysTest {
  @Test
  void consecutiveDaysHaveConsecutiveNumbers() {
    for (LocalDate day = LocalDate.of(0, 1, 1); day.getYear() <= 9999; day = day.plusDays(1)) {
      assertThat(EpochDays.of(day.getYear(), day.getMonthValue(), day.getDayOfMonth()))
          .isEqualTo(day.toEpochDay());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, false",
    "2026, 0, 1, false",
    "2026, 11, 0, false",
    "2026, 13, 1, false",
    "2026, 11, 31, false",
    "2026, 2, 29, false",
    "1900, 2, 29, false",
    "2000, 2, 29, true",
    "2024, 2, 29, true",
    "9999, 12, 31, true"
  })
  void invalidDatesAreNotDays(int year, int month, int day, boolean expected) {
    assertThat(EpochDays.isDay(year, month, day)).isEqualTo(expected);
  }
}
