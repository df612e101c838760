package io.binlogbroker.broker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LoggedLines;
import io.micrometer.registry.otlp.CompressionMode;
import io.micrometer.registry.otlp.OtlpMetricsSender.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OtlpSenderTest {
  private final OtlpReceiver receiver = new OtlpReceiver();
  private final LoggedLines log = new LoggedLines(OtlpSender.class);

  OtlpSenderTest() throws IOException {}

  @AfterEach
  void close() {
    log.close();
    receiver.close();
  }

  @Test
  void aFailingCollectorIsLoggedOnceAndAgainWhenItWorks() {
    OtlpSender sender = sender(Duration.ofSeconds(60));

    receiver.answer(503);
    send(sender);
    send(sender);
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains(url(), "expected status 200, got 503", "every 5 s")
        .doesNotContain("s3cret");
    assertThat(log.infos()).isEmpty();

    receiver.answer(200);
    send(sender);
    send(sender);
    assertThat(log.warnings()).hasSize(1);
    assertThat(log.infos()).containsExactly(url() + " accepts metrics again");
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    OtlpSender sender = sender(Duration.ofSeconds(60));
    receiver.answer(307);

    send(sender);

    assertThat(log.warnings()).singleElement().asString().contains("got 307");
  }

  @Test
  void aCollectorThatDoesNotAnswerIsGivenUp() {
    OtlpSender sender = sender(Duration.ofMillis(200));
    receiver.stall();

    send(sender);

    assertThat(log.warnings()).singleElement().asString().contains("HttpTimeoutException");
  }

  @Test
  void aCollectorThatDoesNotRunIsAFailure() {
    OtlpSender sender = sender(Duration.ofSeconds(60));
    receiver.close();

    send(sender);

    assertThat(log.warnings()).singleElement().asString().contains("ConnectException");
  }

  private OtlpSender sender(Duration timeout) {
    return new OtlpSender(receiver.config(Duration.ofSeconds(5)), timeout);
  }

  private String url() {
    return receiver.config(Duration.ofSeconds(5)).url();
  }

  private static void send(OtlpSender sender) {
    sender.send(
        Request.builder(new byte[0])
            .address("")
            .headers(Map.of())
            .compressionMode(CompressionMode.NONE)
            .build());
  }
}
