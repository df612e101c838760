package io.binlogbroker.binlog.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerVersionTest {
  @ParameterizedTest
  @CsvSource({
    "8.0.33, 8.0.33, 8, 0, 33, false",
    "5.7.22-log, 5.7.22-log, 5, 7, 22, false",
    "5.5.5-10.11.19-MariaDB, 10.11.19-MariaDB, 10, 11, 19, true",
    "11.4.5-MariaDB-log, 11.4.5-MariaDB-log, 11, 4, 5, true",
    "9.6-cloud, 9.6-cloud, 9, 6, 0, false",
    "5.5.5-m3, 5.5.5-m3, 5, 5, 5, false",
    "custom, custom, 0, 0, 0, false",
  })
  void aVersionIsReadWithoutItsDisguise(
      String greeting, String text, int major, int minor, int patch, boolean isMariaDb) {
    assertThat(ServerVersion.parse(greeting))
        .isEqualTo(new ServerVersion(text, major, minor, patch, isMariaDb));
  }

  @Test
  void versionsCompareByNumber() {
    ServerVersion version = ServerVersion.parse("8.0.33");

    assertThat(version.isAtLeast(8, 0, 4)).isTrue();
    assertThat(version.isAtLeast(8, 0, 33)).isTrue();
    assertThat(version.isAtLeast(8, 0, 34)).isFalse();
    assertThat(version.isAtLeast(8, 4, 0)).isFalse();
    assertThat(version.isAtLeast(5, 7, 99)).isTrue();
  }
}
