package io.binlogbroker.broker.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.binlog.Mutations;
import io.binlogbroker.broker.config.edit.ConfigParts;
import io.binlogbroker.broker.config.edit.ExposedFile;
import io.binlogbroker.broker.config.edit.HiddenText;
import io.binlogbroker.broker.config.edit.MaskedText;
import io.binlogbroker.engine.model.ConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Damaged configurations are read or refused, and no message shows a secret. */
class ConfigFuzzTest {
  private static final String SECRET = "hunter2";

  private static final String TEXT =
      """
      { // comment
        "BrokerConfig": {"KafkaAddr": ["k:9092"], "EtcdAddr": "e:2379", "EtcdUser": "u",
          "EtcdPassword": "hunter2", "Kafka": {"sasl.jaas.config": "a \\"hunter2\\";", "acks": 1}},
        -- dashes
        "SourceConfig": {"MysqlConn": "u:hunter2@tcp(h:3306)/?tls=true", "MaskSalt": "hunter2",
          "Heartbeat": "5s", "ServerId": 7, "BlackList": ["a.b_\\\\d+", "/x/"],
          "Sources": [{"Schema": "a", "Tables": [{"Table": "t", "Key": "a,b", "Format": "msgpack",
             "Mask": {"phone": "last4"}, "Columns": {"Exclude": ["c"]}}]}] /* end */ },
      }
      """;

  private static final List<String> WORDS =
      List.of(
          "\"",
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "//",
          "--",
          "#",
          "/*",
          "*/",
          "\\",
          "\\u0040",
          "1e99999999999",
          "-",
          "0",
          "null",
          "true",
          "${env:A}",
          "${file:/no}",
          "${x:",
          "\n",
          "hunter2",
          "@tcp(",
          "\"a\":{",
          "[[[[",
          "\uFEFF",
          "\u00E9");

  @Test
  void damagedTextsAreReadOrRefusedWithoutShowingSecrets() throws IOException {
    ConfigReader reader = new ConfigReader(Map.of("A", SECRET));
    List<String> samples = List.of(TEXT, Files.readString(Path.of("../binlogbroker.conf.json")));
    Mutations.ofTexts("configuration texts", samples, Set.of(ConfigException.class), WORDS)
        .run(
            bytes -> {
              String text = new String(bytes, StandardCharsets.UTF_8);
              try {
                reader.read(text, "conf.json").routes(false);
              } catch (ConfigException e) {
                requireNoSecret(e, text);
                throw e;
              }
            });
  }

  @Test
  void damagedTextsAreMasked() {
    Mutations.ofTexts(
            "configuration texts to be shown", List.of(TEXT), Set.of(ConfigException.class), WORDS)
        .run(
            bytes -> {
              String text = new String(bytes, StandardCharsets.UTF_8);
              ConfigParts.of(text, "conf.json");
              ExposedFile.containsSecret(text);
              MaskedText.of(MaskedText.of(text));
            });
  }

  @Test
  void damagedTextsAreRestoredOrRefusedWithoutShowingSecrets() {
    Mutations.ofTexts(
            "configuration texts with hidden values",
            List.of(MaskedText.of(TEXT)),
            Set.of(ConfigException.class),
            WORDS)
        .run(
            bytes -> {
              String text = new String(bytes, StandardCharsets.UTF_8);
              try {
                HiddenText.restored(text, TEXT);
              } catch (ConfigException e) {
                requireNoSecret(e, text);
                throw e;
              }
            });
  }

  /** Checks syntax errors only: other faults may quote the value of a key that is not secret. */
  private static void requireNoSecret(ConfigException e, String text) {
    if (String.valueOf(e.getMessage()).contains(": not JSON: ")) {
      assertThat(e.getMessage()).as(text).doesNotContain(SECRET);
    }
  }
}
