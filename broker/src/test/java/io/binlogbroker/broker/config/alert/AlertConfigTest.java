package io.binlogbroker.broker.config.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.edit.ExposedFile;
import io.binlogbroker.broker.config.edit.MaskedText;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertConfigTest {
  private static final String URL =
      "\"Url\": \"https://u:secret@hooks.example.com/secret?k=secret\"";

  @Test
  void thereAreNoAlertsByDefault() {
    assertThat(read("")).isNull();
  }

  @Test
  void limitsHaveDefaults() {
    AlertConfig alert = read("\"Alert\": {" + URL + "},");

    assertThat(alert.maxLag()).isEqualTo(Duration.ofMinutes(5));
    assertThat(alert.minTimeToPurge()).isEqualTo(Duration.ofHours(1));
    assertThat(alert.toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "hooks.example.com", "ftp://hooks/secret", "http://", "http://a b/secret"})
  void aUrlThatIsNotOfAWebhookIsRefusedWithoutShowingIt(String url) {
    assertThatThrownBy(() -> read("\"Alert\": {\"Url\": \"" + url + "\"},"))
        .hasMessageContaining("Alert.Url: expected")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{secret",
        "{'text': {{text}}}",
        "{'text': '{{texts}}'}",
        "{'text': '{{text}}'} secret",
        " "
      })
  void aWrongTemplateIsRefused(String template) {
    String written = template.replace("'", "\\\"");

    assertThatThrownBy(() -> read("\"Alert\": {" + URL + ", \"Template\": \"" + written + "\"},"))
        .hasMessageContaining("Alert.Template: ")
        .hasMessageNotContaining("secret");
  }

  @Test
  void theUrlIsNeverShown() {
    String text = "{\"Alert\": {" + URL + ", \"Template\": \"{}\", \"MaxLag\": \"30s\"}}";

    assertThat(MaskedText.of(text)).doesNotContain("secret").contains("30s");
    assertThat(ExposedFile.containsSecret(text)).isTrue();
    assertThat(ExposedFile.containsSecret("{\"Alert\": {\"Url\": \"${env:U}\"}}")).isFalse();
  }

  private static AlertConfig read(String alert) {
    String text =
        """
        {%s "KafkaAddr": ["k:9092"], "MysqlConn": "u:p@tcp(db:3306)", "SyncAll": true,
         "Sources": [{"Schema": "mall"}]}
        """
            .formatted(alert);
    return new ConfigReader(Map.of()).read(text, "test").broker().alert();
  }
}
