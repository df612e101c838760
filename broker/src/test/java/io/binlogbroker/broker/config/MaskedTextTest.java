package io.binlogbroker.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedTextTest {
  @Test
  void allButTheSecretsIsShownAsItIsWritten() {
    String text =
        """
        { // ours
          "MysqlConn" : "rep_user:se:cr@et@tcp(db:3306)", -- the source
          "KafkaAddr": ["k:9092"],
        }
        """;

    assertThat(MaskedText.of(text)).isEqualTo(text.replace("se:cr@et", "***"));
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
        "{\"SourceConfig\":{\"MaskSalt\":\"SECRET\"}}",
        "{# \"MaskSalt\": \"SECRET\"\n}",
      })
  void secretsAreNotShown(String text) {
    assertThat(MaskedText.of(text)).doesNotContain("SEC", "RET").contains("***");
  }

  @Test
  void whereASecretComesFromIsShown() {
    String text = "{\"MysqlConn\":\"u:${env:PASSWORD}@tcp(h)\"}";

    assertThat(MaskedText.of(text)).isEqualTo(text);
  }

  @Test
  void aTextThatIsNotJsonIsNotShown() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> MaskedText.of("{\"MysqlConn\":\"u:SECRET@tcp(h)\""))
        .withMessageContaining("line 1")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("SECRET"));
  }
}
