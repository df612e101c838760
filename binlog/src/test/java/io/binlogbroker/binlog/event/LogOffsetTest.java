package io.binlogbroker.binlog.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogOffsetTest {
  private static final long LARGEST = 0xFFFFFFFFL;

  @Test
  void dumpStartsAtAnOffsetThatFitsTheCommand() {
    assertThat(LogOffset.dumpStart(LARGEST)).isEqualTo(LARGEST);
  }

  @Test
  void dumpStartsAtTheFirstEventForAnOffsetBeyond4GiB() {
    assertThat(LogOffset.dumpStart(LARGEST + 1)).isEqualTo(LogOffset.FIRST_EVENT);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100, 100",
    "100, 200, 200",
    "4294967290, 4, 4294967300",
    "4294967300, 4, 4294967300",
    "4294967301, 4, 8589934596",
  })
  void atOrAfterIsTheFirstOffsetWithTheLowBits(long earliest, long low, long expected) {
    assertThat(LogOffset.atOrAfter(earliest, low)).isEqualTo(expected);
  }
}
