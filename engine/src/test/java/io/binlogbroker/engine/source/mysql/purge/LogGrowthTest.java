package io.binlogbroker.engine.source.mysql.purge;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.engine.source.mysql.server.LogFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogGrowthTest {
  private final LogGrowth growth = new LogGrowth();

  @Test
  void isUnknownAtFirst() {
    growth.observe(100, list(new LogFile("b.000001", 500)));

    assertThat(growth.bytesPerSecond()).isNaN();
  }

  @Test
  void countsBytesAcrossFiles() {
    growth.observe(100, list(new LogFile("b.000001", 500)));
    growth.observe(110, list(new LogFile("b.000001", 900), new LogFile("b.000002", 600)));

    assertThat(growth.bytesPerSecond()).isEqualTo(100);
  }

  @Test
  void startsAgainWhenTheLogWasReset() {
    growth.observe(100, list(new LogFile("b.000007", 500)));
    growth.observe(110, list(new LogFile("b.000001", 900)));

    assertThat(growth.bytesPerSecond()).isNaN();
  }

  @Test
  void startsAgainWhenTheClockWasSetBack() {
    growth.observe(100, list(new LogFile("b.000001", 500)));
    growth.observe(90, list(new LogFile("b.000001", 900)));
    growth.observe(91, list(new LogFile("b.000001", 907)));

    assertThat(growth.bytesPerSecond()).isEqualTo(7);
  }

  @Test
  void startsAgainAfterAGap() {
    growth.observe(100, list(new LogFile("b.000001", 500)));
    growth.observe(5_000, list(new LogFile("b.000001", 900)));
    growth.observe(5_010, list(new LogFile("b.000001", 970)));

    assertThat(growth.bytesPerSecond()).isEqualTo(7);
  }

  private static LogList list(LogFile... files) {
    return new LogList(List.of(files));
  }
}
