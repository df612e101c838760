package io.binlogbroker.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class KafkaServerTest {
  @Test
  void classPathOfTheBrokerIsAbsolute() {
    String here = Path.of("").toAbsolutePath().toString();

    assertThat(KafkaServer.absolute("target/classes:/lib/kafka.jar"))
        .isEqualTo(here + "/target/classes:/lib/kafka.jar");
  }
}
