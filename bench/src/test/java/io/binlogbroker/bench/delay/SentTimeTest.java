package io.binlogbroker.bench.delay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SentTimeTest {
  @Test
  void timeIsReadFromTheRow() {
    assertThat(SentTime.of(utf8("{\"after\":{\"id\":1,\"sent_us\":123456789,\"pad\":\"x\"}}")))
        .isEqualTo(123456789);
  }

  @Test
  void messageWithoutTimeIsRejected() {
    assertThatThrownBy(() -> SentTime.of(utf8("{\"after\":{\"id\":1}}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sent_us");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
