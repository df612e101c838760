package io.binlogbroker.binlog.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerVersionTest {
  @ParameterizedTest
  @CsvSource({
    "8.0.33, 8.0.33, 8, 0, 33, false",
    "8.0.33-0ubuntu0.22.04.2, 8.0.33-0ubuntu0.22.04.2, 8, 0, 33, false",
    "5.7.22-log, 5.7.22-log, 5, 7, 22, false",
    "8.4.0, 8.4.0, 8, 4, 0, false",
    "26.7.0, 26.7.0, 26, 7, 0, false",
    "9.6-cloud, 9.6-cloud, 9, 6, 0, false",
    "10.11.19-MariaDB-log, 10.11.19-MariaDB-log, 10, 11, 19, true",
    "11.4.5-MariaDB, 11.4.5-MariaDB, 11, 4, 5, true",
    "5.5.5-10.5.8-MariaDB, 10.5.8-MariaDB, 10, 5, 8, true",
    "5.5.5-10.6.12-renamed, 10.6.12-renamed, 10, 6, 12, true",
    "5.5.5-m3, 5.5.5-m3, 5, 5, 5, false",
    "custom, custom, 0, 0, 0, false",
    "99999999999.1.1, 99999999999.1.1, 0, 0, 0, false",
    "'', '', 0, 0, 0, false",
  })
  void aVersionIsReadWithoutItsDisguise(
      String greeting, String text, int major, int minor, int patch, boolean mariaDb) {
    assertThat(ServerVersion.parse(greeting))
        .isEqualTo(new ServerVersion(text, major, minor, patch, mariaDb));
  }

  @Test
  void versionsAreComparedNumerically() {
    ServerVersion version = ServerVersion.parse("8.0.33");

    assertThat(version.isAtLeast(8, 0, 4)).isTrue();
    assertThat(version.isAtLeast(8, 0, 33)).isTrue();
    assertThat(version.isAtLeast(8, 0, 34)).isFalse();
    assertThat(version.isAtLeast(8, 4, 0)).isFalse();
    assertThat(version.isAtLeast(5, 7, 99)).isTrue();
    assertThat(version.isAtLeast(10, 0, 0)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "5.6.51, false",
    "5.7.27-log, false",
    "5.7.28, true",
    "8.0.12, false",
    "8.0.17, false",
    "8.0.18, true",
    "9.7.0, true",
    "10.6.12-MariaDB, true",
    "5.5.5-10.3.1-MariaDB, true",
    "custom, false",
  })
  void olderServersDoNotListReplicasSafely(String version, boolean safe) {
    assertThat(ServerVersion.parse(version).listsReplicasSafely()).isEqualTo(safe);
  }

  @Test
  void textNamesTheProduct() {
    assertThat(ServerVersion.parse("8.0.33-log")).hasToString("MySQL 8.0.33-log");
    assertThat(ServerVersion.parse("5.5.5-10.5.8-MariaDB")).hasToString("MariaDB 10.5.8-MariaDB");
  }
}
