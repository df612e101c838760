package io.binlogbroker.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.engine.model.ConfigException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminConfigTest {
  @Test
  void theTokenComesFromAReferenceAndIsNotPrinted() {
    AdminConfig config = read("${env:TOKEN}", Map.of("TOKEN", "0123456789abcdef"));

    assertThat(config.adminToken()).isEqualTo("0123456789abcdef");
    assertThat(config.toString()).doesNotContain("0123456789abcdef");
  }

  @Test
  void thereIsNoTokenByDefault() {
    assertThat(read("", Map.of()).adminToken()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0123456789abcde",
        "0123456789 abcdef",
        "0123456789abcdefé",
        "a\\tb0123456789abcdef"
      })
  void aTokenThatCanBeGuessedOrNotBeSentIsRefusedWithoutBeingQuoted(String token) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read(token, Map.of()))
        .withMessageContaining("AdminToken: expected at least 16")
        .withMessageNotContaining("0123456789");
  }

  @Test
  void aCertificateNeedsItsKey() {
    AdminConfig config =
        new ConfigReader(Map.of())
            .readBroker(
                "{\"KafkaAddr\":[\"k:9092\"], \"RPCTls\":{\"CertFile\":\"a\",\"KeyFile\":\"b\"}}",
                "conf.json")
            .admin();

    assertThat(config.rpcTls()).isEqualTo(new RpcTls("a", "b"));
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                new ConfigReader(Map.of())
                    .readBroker(
                        "{\"KafkaAddr\":[\"k:9092\"], \"RPCTls\":{\"CertFile\":\"a\"}}",
                        "conf.json"))
        .withMessageContaining("RPCTls.KeyFile: missing");
  }

  private static AdminConfig read(String token, Map<String, String> environment) {
    String text = "{\"KafkaAddr\":[\"k:9092\"], \"AdminToken\":\"" + token + "\"}";
    return new ConfigReader(environment).readBroker(text, "conf.json").admin();
  }
}
