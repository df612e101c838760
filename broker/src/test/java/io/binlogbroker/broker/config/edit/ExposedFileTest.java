package io.binlogbroker.broker.config.edit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExposedFileTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"MysqlConn\":\"u:pw@tcp(h)\"}",
        "{\"MysqlConn\":\"u:${env:A}pw@tcp(h)\"}",
        "{\"SourceConfig\":{\"MaskSalt\":\"pw\"}}",
        "{\"EtcdPassword\":\"pw\"}",
        "{\"AdminToken\":\"pw\"}",
        "{\"BrokerConfig\":{\"Kafka\":{\"ssl.key.password\":\"pw\"}}}",
      })
  void warnsOfAPasswordThatEveryUserCanRead(String text) throws IOException {
    Path file = file(text, "rw-r--r--");

    assertThat(ExposedFile.warning(file))
        .startsWith(
            file + " contains a password and every user of this host can read it (rw-r--r--)")
        .contains("fix: chmod o-r " + file);
    assertThat(ExposedFile.warning(file(text, "rw-r-----"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"MysqlConn\":\"u:${env:A}@tcp(h)\"}",
        "{\"MysqlConn\":\"${env:CONN}\"}",
        "{\"MysqlConn\":\"u@tcp(h:1)\"}",
        "{\"EtcdPassword\":\"${file:/a}\",\"MaskSalt\":null}",
        "{\"Kafka\":{\"linger.ms\":5}}",
        "not JSON",
      })
  void doesNotWarnOfAFileWithoutAPassword(String text) throws IOException {
    assertThat(ExposedFile.warning(file(text, "rw-r--r--"))).isNull();
  }

  @Test
  void doesNotWarnOfAMissingFile() {
    assertThat(ExposedFile.warning(folder.resolve("missing"))).isNull();
  }

  private Path file(String text, String rights) throws IOException {
    Path file = Files.writeString(folder.resolve("conf.json"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }
}
