package io.binlogbroker.broker.config.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.engine.model.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigPartsTest {
  @Test
  void eachPartKeepsItsComments() {
    ConfigParts parts =
        ConfigParts.of(
            """
            { // both
              "BrokerConfig": {
                "KafkaAddr": ["k:1"] // ours
              },
              "SourceConfig": { -- theirs
                "SyncAll": true }
            }
            """,
            "conf.json");

    assertThat(parts.broker()).isEqualTo("{\n  \"KafkaAddr\": [\"k:1\"] // ours\n}\n");
    assertThat(parts.source()).isEqualTo("{ -- theirs\n  \"SyncAll\": true }\n");
  }

  @Test
  void invalidJsonIsRefusedWithItsPosition() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ConfigParts.of("{\"BrokerConfig\": {]", "conf.json"))
        .withMessageContaining("conf.json")
        .withMessageContaining("line 1");
  }

  @Test
  void aTextWithoutPartsIsTheSourcePart() {
    ConfigParts parts = ConfigParts.of("{\"SyncAll\": true} // all", "conf.json");

    assertThat(parts.broker()).isNull();
    assertThat(parts.source()).isEqualTo("{\"SyncAll\": true} // all");
  }

  @Test
  void keysOnOneLevelAreNotSplit() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ConfigParts.of("{\"kafkaaddr\":[], \"MysqlConn\":\"\"}", "conf.json"))
        .withMessageContaining("conf.json")
        .withMessageContaining("\"SourceConfig\": {...}");
  }

  @Test
  void splittingTheExampleKeepsItsMeaning() throws IOException {
    String text = Files.readString(Path.of("../binlogbroker.conf.json"));
    ConfigReader reader = new ConfigReader(Map.of());

    ConfigParts parts = ConfigParts.of(text, "conf.json");

    assertThat(
            new Config(
                reader.readBroker(parts.broker(), "broker"),
                reader.readSource(parts.source(), "source")))
        .isEqualTo(reader.read(text, "both"));
  }
}
