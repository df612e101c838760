package io.binlogbroker.engine.format.cell;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.ColumnType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CellTextTest {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final OutputBuffer out = new OutputBuffer();
  private final CellText text = new CellText(out);

  @Test
  void everyDayOfTheTimestampRangeMatchesJavasCalendar() {
    long last = LocalDate.of(2107, 1, 1).toEpochDay();
    for (long day = 0; day < last; day++) {
      assertTimestamp(day * 86_400, 1);
      assertTimestamp(day * 86_400 + 86_399, 999_999);
    }
  }

  @Test
  void randomTimestampsMatchJava() {
    Random random = new Random(23);
    long first = LocalDate.of(0, 1, 1).toEpochDay() * 86_400;
    long last = LocalDate.of(10_000, 1, 1).toEpochDay() * 86_400;
    for (int i = 0; i < 100_000; i++) {
      assertTimestamp(random.nextLong(first, last), random.nextInt(1_000_000));
    }
  }

  @Test
  void aTimestampHasAsManyDigitsAsItsColumn() {
    text.timestamp(column(0), 1, 999_999);
    out.put(' ');
    text.timestamp(column(2), 1, 120_000);

    assertThat(written()).isEqualTo("1970-01-01 00:00:01Z 1970-01-01 00:00:01.12Z");
  }

  @Test
  void theZeroTimestampHasNoTimeZone() {
    text.timestamp(column(0), 0, 0);
    out.put(' ');
    text.timestamp(column(3), 0, 0);

    assertThat(written()).isEqualTo("0000-00-00 00:00:00 0000-00-00 00:00:00.000");
  }

  @Test
  void timesHaveTwoDigitsOfHoursOrThreeAndASign() {
    text.time(column(0), false, 7, 0, 9, 0);
    out.put(' ');
    text.time(column(0), true, 100, 5, 0, 0);
    out.put(' ');
    text.time(column(1), true, 838, 59, 59, 900_000);

    assertThat(written()).isEqualTo("07:00:09 -100:05:00 -838:59:59.9");
  }

  private void assertTimestamp(long seconds, int micros) {
    out.clear();
    text.timestamp(column(6), seconds, micros);
    assertThat(written()).isEqualTo(UTC.format(Instant.ofEpochSecond(seconds, micros * 1000L)));
  }

  private static Column column(int decimals) {
    return new Column(0, "t", ColumnType.TIMESTAMP, false, true, 0, decimals, List.of());
  }

  private String written() {
    return new String(out.toBytes(), StandardCharsets.US_ASCII);
  }
}
