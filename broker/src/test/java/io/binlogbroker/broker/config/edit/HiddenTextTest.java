package io.binlogbroker.broker.config.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.engine.model.ConfigException;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenTextTest {
  private static final String STORED =
      """
      // of the mall
      {
        "BrokerConfig": {
          "KafkaAddr": ["k1:9092", "k2:9092"], /* two
            hosts */
          "Kafka": {"sasl.jaas.config": "SECRET-1", "acks": 5},
          "EtcdAddr": ["http://u:SECRET-2@h:1", "h:2"],
          "EtcdPassword": "SECRET-3",
          "Alert": {"Url": "http://SECRET-4"}
        },
        "SourceConfig": {
          "MysqlConn": "rep:SECRET:5@tcp(db1:3306,db2:3306)/?tls=true", -- the password
          "MaskSalt": "SECRET-6",
          "Sources": [
            {"Schema": "a", "Tables": [
              {"Table": "t", "SnapshotWhere": "x > ':SECRET-7@'"}, # old rows
              {"Table": "u"} // new rows
            ]},
            {"Schema": "b", "Tables": [ /* all */ ]}
          ]
        }
      }
      """;

  private final String shown = MaskedText.of(STORED);

  @Test
  void whatIsShownBecomesWhatIsStored() {
    assertThat(shown).doesNotContain("SECRET", "two", "old rows");

    assertThat(HiddenText.restored(shown, STORED)).isEqualTo(STORED);
  }

  @Test
  void aChangedTextKeepsSecretsAndComments() {
    String edit = "{\"Schema\": \"c\", \"Tables\": [{\"Table\": \"v\"}]}, // mine\n";
    String text = shown.replace("{\"Schema\": \"a\"", edit + "{\"Schema\": \"a\"");

    assertThat(HiddenText.restored(text, STORED))
        .isEqualTo(STORED.replace("{\"Schema\": \"a\"", edit + "{\"Schema\": \"a\""));
  }

  @Test
  void aChangedLineKeepsItsComment() {
    String text = shown.replace("\"Table\": \"u\"", "\"Table\": \"w\"");

    assertThat(HiddenText.restored(text, STORED)).contains("{\"Table\": \"w\"} // new rows");
  }

  @Test
  void removedValuesAndCommentsStayAway() {
    String text =
        shown.lines().filter(line -> !line.contains("MaskSalt")).reduce("", (a, b) -> a + b + "\n");

    assertThat(HiddenText.restored(text.replace("# ***", ""), STORED))
        .doesNotContain("SECRET-6", "old rows")
        .contains("SECRET-7", "new rows");
  }

  @Test
  void valuesMayMoveWithTheirKeys() {
    String text =
        "{\"maskSalt\": \"***\", \"MysqlConn\": \"rep:***@tcp(db2:3306)\", \"EtcdPassword\": \"x\"}";

    assertThat(HiddenText.restored(text, STORED))
        .isEqualTo(
            "{\"maskSalt\": \"SECRET-6\", \"MysqlConn\": \"rep:SECRET:5@tcp(db2:3306)\","
                + " \"EtcdPassword\": \"x\"}");
  }

  @Test
  void aTextWithoutHiddenValuesIsNotChanged() {
    String text = "{\"Sources\": [], // mine\n \"MaskSalt\": \"other\"}";

    assertThat(HiddenText.restored(text, "not JSON")).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "MysqlConn | {\"MysqlConn\": \"rep:***@tcp(evil:3306)\"}",
        "MysqlConn | {\"MysqlConn\": \"rep:***@tcp(db1:3306,evil:3306)\"}",
        "MysqlConn | {\"MysqlConn\": \"root:***@tcp(db1:3306)\"}",
        "MysqlConn | {\"MysqlConn\": \"rep:***@tcp(db1:3306)@tcp(evil:1)\"}",
        "MysqlConn | {\"MysqlConn\": \"rep:***@tcp(evil:3306)/?x=@tcp(db1:3306)\"}",
        "MysqlConn | {\"MysqlConn\": \"rep:***@tcp(evil:3306\\u0029\"}",
        "Kafka.sasl | {\"KafkaAddr\": [\"evil:1\"], \"Kafka\": {\"sasl.jaas.config\": \"***\"}}",
        "Kafka.sasl | {\"Kafka\": {\"sasl.jaas.config\": \"***\"}}",
        "Kafka.other | {\"Kafka\": {\"other\": \"***\"}}",
        "EtcdPassword | {\"EtcdAddr\": \"evil:1\", \"EtcdPassword\": \"***\"}",
        "EtcdAddr | {\"EtcdAddr\": [\"***\"]}",
        "EtcdAddr | {\"EtcdAddr\": [\"***\", \"evil:1\"]}",
        "MaskSalt | {\"Alert\": {\"MaskSalt\": \"***\"}}",
        "AdminToken | {\"AdminToken\": \"***\"}",
        "LogDir | {\"LogDir\": \"***\"}",
        "Sources.Schema | {\"Sources\": [{\"Schema\": \"***\"}]}",
        "Where | {\"Sources\": [{\"Schema\":\"b\",\"Tables\":[{\"Table\":\"t\",\"SnapshotWhere\":\"***\"}]}]}",
        "Where | {\"Sources\": [{\"Schema\":\"a\",\"Tables\":[{\"Table\":\"u\",\"SnapshotWhere\":\"***\"}]}]}",
        "hidden key | {\"Sources\": [{\"Tables\":[{\"Table\":\"u\",\"Mask\":{\"?\":\"null\"}}]}]}",
      })
  void whereNothingIsStoredOrAnotherServerWouldReceiveItTheTextIsRefused(String path, String text) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> HiddenText.restored(text, STORED))
        .withMessageContaining(path)
        .withMessageContaining("fix: write")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("SECRET"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ // ***\n}",
        "{ \"SyncAll\": true /* *** */\n}",
        "// ***\n// ***\n// ***\n{}",
      })
  void aCommentThatStandsForNoneIsRefused(String text) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> HiddenText.restored(text, "{} // SECRET\n// SECRET"))
        .withMessageMatching("line [12]: the comment(?s:.*)")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("SECRET"));
  }

  @Test
  void aCommentCannotHideAValue() {
    String stored = "{ /* a */// b\n \"SyncAll\": true }";
    String text = "{ /* *** */ \"SyncAll\": true }";

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> HiddenText.restored(text, stored));
  }

  @Test
  void largeTextsAreReadInTime() {
    String stored = "{\"MaskSalt\": \"SECRET\", \"x\": [1" + ",\n1".repeat(50_000) + "]}";
    String text = "{\"MaskSalt\": \"***\", \"x\": [2" + ",\n2".repeat(50_000) + "]}";

    String restored =
        Assertions.assertTimeout(Duration.ofSeconds(30), () -> HiddenText.restored(text, stored));

    assertThat(restored).isEqualTo(text.replace("***", "SECRET"));
  }
}
