package io.binlogbroker.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class ConfigPartsTest {
  private static final String SOURCE =
      """
      {"MysqlConn": "u:p@tcp(db:3306)", -- where
         "SyncAll": true}""";

  @Test
  void twoObjectsAreTakenApartAsTheyAreWritten() {
    String text =
        "{\"BrokerConfig\": {\"KafkaAddr\": [\"k:9092\"] /* one */},\n\"SourceConfig\":"
            + SOURCE
            + "}";

    ConfigParts parts = ConfigParts.of(text, "conf.json");

    assertThat(parts.broker()).isEqualTo("{\"KafkaAddr\": [\"k:9092\"] /* one */}");
    assertThat(parts.source()).isEqualTo(SOURCE);
  }

  @Test
  void anyOtherTextIsTheSourcesPart() {
    assertThat(ConfigParts.of(SOURCE, "source.json")).isEqualTo(new ConfigParts(null, SOURCE));
  }

  @Test
  void faultsInEitherPartAreTold() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(
            () ->
                ConfigParts.of(
                    "{\"BrokerConfig\": {\"Kafka\": 1}, \"SourceConfig\": " + SOURCE + "}",
                    "conf.json"))
        .withMessageContaining("conf.json")
        .withMessageContaining("KafkaAddr");
  }
}
