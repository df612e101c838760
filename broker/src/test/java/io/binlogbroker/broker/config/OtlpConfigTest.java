package io.binlogbroker.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.config.edit.MaskedText;
import io.binlogbroker.engine.model.ConfigException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpConfigTest {
  private static final String URL = "\"Url\": \"https://collector:4318/v1/metrics\"";

  @Test
  void theAddressIsEnough() {
    assertThat(read(URL))
        .isEqualTo(
            new OtlpConfig("https://collector:4318/v1/metrics", Duration.ofMinutes(1), Map.of()));
  }

  @Test
  void nothingIsPushedByDefault() {
    String text = "{\"KafkaAddr\":[\"k:9092\"]}";

    assertThat(new ConfigReader(Map.of()).readBroker(text, "conf.json").otlp()).isNull();
  }

  @Test
  void headersComeFromReferencesAndAreNotPrinted() {
    OtlpConfig config = read(URL + ", \"Headers\": {\"X-Token\": \"${env:TOKEN}\"}");

    assertThat(config.headers()).containsEntry("X-Token", "s3cret");
    assertThat(config.toString()).contains("X-Token").doesNotContain("s3cret");
  }

  @Test
  void headersAreMaskedAndTheAddressIsShown() {
    String text = "{\"Otlp\": {" + URL + ", \"Headers\": {\"X-Token\": \"s3cret\"}}}";

    assertThat(MaskedText.of(text))
        .contains("https://collector:4318/v1/metrics", "X-Token", "***")
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "collector:4318",
        "ftp://collector",
        "http://user:s3cret@collector/v1/metrics",
        "http://collector/v1/metrics?key=s3cret"
      })
  void anAddressOfAnotherKindOrWithASecretIsRefusedWithoutBeingQuoted(String url) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read("\"Url\": \"" + url + "\""))
        .withMessageContaining("Otlp.Url: expected an address")
        .withMessageNotContaining("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "999ms", "2h"})
  void stepsThatAreTooShortOrTooLongAreRefused(String step) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read(URL + ", \"Step\": \"" + step + "\""))
        .withMessageContaining("Otlp.Step: expected \"1s\" to \"1h\"");
  }

  @ParameterizedTest
  @CsvSource({"Host, s3cret", "Content-Length, 12", "X Token, s3cret", "X-Token, s3crét"})
  void headersThatCannotBeSentAreRefusedWithoutTheirValues(String name, String value) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> read(URL + ", \"Headers\": {\"" + name + "\": \"" + value + "\"}"))
        .withMessageContaining("Otlp.Headers." + name + ": expected")
        .withMessageNotContaining(value);
  }

  private static OtlpConfig read(String otlp) {
    String text = "{\"KafkaAddr\":[\"k:9092\"], \"Otlp\": {" + otlp + "}}";
    return new ConfigReader(Map.of("TOKEN", "s3cret")).readBroker(text, "conf.json").otlp();
  }
}
