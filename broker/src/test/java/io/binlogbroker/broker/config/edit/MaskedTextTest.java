package io.binlogbroker.broker.config.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.config.text.KnownKeys;
import io.binlogbroker.engine.model.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTextTest {
  @Test
  void everythingButSecretsIsShownAsWritten() {
    String text =
        """
        {
          "MysqlConn" : "rep_user:se:cr@et@tcp(db:3306)/?tls=true",
          "KafkaAddr": ["k:9092"], "Partitions": 3,
          "SOURCES": [{"Schema": "a", "Tables": [{"Table": "o_\\\\d+", "Key": "@pk",
              "Columns": {"exclude": ["a"]}, "Mask": {"phone": "last4"}}]}],
        }
        """;

    assertThat(MaskedText.of(text)).isEqualTo(text.replace("se:cr@et", "***"));
  }

  @Test
  void commentsAreMasked() {
    String text = "{ // a\n /* b\n c */ \"SyncAll\": true, -- d\n # e\n}";

    assertThat(MaskedText.of(text))
        .isEqualTo("{ // ***\n /* *** */ \"SyncAll\": true, -- ***\n # ***\n}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"MysqlConn\":\"u:SECRET@tcp(h)\"}",
        "{\"mysqlconn\":\"u:SEC\\\"RET@tcp(h)\"}",
        "{\"MysqlConn\":\"u:SECRET\\u0040tcp(h)\"}",
        "{\"SourceConfig\":{\"MysqlConn\":\"u:SECRET\\u0040tcp(h)\"}}",
        "{/* \"MysqlConn\":\"u:SECRET@tcp(h)\", */ \"MysqlConn\":\"u:SECRET@tcp(h)\"}",
        "{// u:SECRET@tcp(old)\n}",
        "{\"Kafka\":{\"sasl.jaas.config\":\"SECRET\",\"x\":\"SECRET\"}}",
        "{\"BrokerConfig\":{\"KAFKA\":{\"x\":\"SECRET\"}}}",
        "{# \"ssl.key.password\": \"SECRET\"\n}",
        "{\"EtcdPassword\":\"SECRET\"}",
        "{\"AdminToken\":\"SECRET\"}",
        "{\"SourceConfig\":{\"MaskSalt\":\"SECRET\"}}",
        "{# \"MaskSalt\": \"SECRET\"\n}",
        "{# \"MaskSalt\":\n# \"SECRET\"\n}",
        "{\"PassWd\":\"SECRET\"}",
        "{\"Sources\":[{\"Schema\":\"a\",\"Pin\":\"SECRET\"}]}",
        "{\"Sources\":[{\"Schema\":{\"x\":\"SECRET\"}}]}",
        "{\"Sources\":[\"SECRET\"]}",
        "{\"Tls\":\"SECRET\"}",
        "{\"Kafka\":\"SECRET\"}",
        "{\"Kafka\":[\"SECRET\", {\"x\":[\"SECRET\"]}]}",
        "{\"MysqlConn\":\"u:SECRET\"}",
        "{\"MysqlConn\":\"u:SECRET@tcp(h)/?x=SECRET\"}",
        "{\"MysqlConn\":\"u:${env:A}SECRET@tcp(h)\"}",
        "{\"MysqlConn\":[\"u:SECRET@tcp(h)\"]}",
        "{\"EtcdAddr\":\"http://u:SECRET@h:1\"}",
        "{\"EtcdAddr\":\"http://u:SECRET\\u0040h:1\", /**/ \"a\":\"***\"}",
        "{\"u:SECRET@tcp(h)\":1}",
        "{\"SEC\\\"RET:\":{\"a\":1}}",
      })
  void secretsAreNotShown(String text) {
    assertThat(MaskedText.of(text)).doesNotContain("SEC", "RET").contains("***");
  }

  @Test
  void aLongCommentIsMaskedInLinearTime() {
    String line = "# \"password\": \"" + ":@\\a".repeat(1_000_000) + "\n";

    assertThat(MaskedText.of("{" + line + "}")).isEqualTo("{# ***\n}");
    assertThat(MaskedText.of("{" + "--\n".repeat(500_000) + "}")).hasSizeGreaterThan(500_000);
  }

  @Test
  void eachDocumentedKeyIsEitherShownOrASecret() throws IOException {
    Set<String> documented =
        Pattern.compile("(?m)^\\| `([^`]+)` \\|")
            .matcher(Files.readString(Path.of("../docs/config.md")))
            .results()
            .map(row -> row.group(1).replace("[]", ""))
            .filter(key -> !key.equals("Sources") && !key.equals("Sources.Tables"))
            .collect(Collectors.toSet());

    assertThat(KnownKeys.all().map(path -> path.replaceAll("\\.(Include|Exclude|\\*)$", "")))
        .containsAll(documented);
  }

  @Test
  void aReferenceToASecretIsShown() {
    String text = "{\"MysqlConn\":\"u:${env:PASSWORD}@tcp(h)\"}";

    assertThat(MaskedText.of(text)).isEqualTo(text);
  }

  @Test
  void invalidJsonIsNotShown() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> MaskedText.of("{\"MysqlConn\":\"u:SECRET@tcp(h)\""))
        .withMessageContaining("line 1")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("SECRET"));
  }
}
