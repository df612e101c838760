package io.binlogbroker.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.TypedTable;
import io.binlogbroker.broker.fixture.TypedTables;
import io.binlogbroker.conformance.Differences.Known;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Compares the messages in {@code maxwell-json} with Maxwell's own for the same changes. The tested
 * Maxwell cannot read the TABLE_MAP events of MySQL 8.
 */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class MaxwellIT {
  private static final String SCHEMA = "beside_maxwell";

  /** The differences that docs/formats.md documents. */
  private static final List<Known> KNOWN =
      List.of(
          new Known(
              ".*\\.xid",
              (ours, theirs) -> ours.isIntegralNumber(),
              "the log contains InnoDB's transaction id only after the rows"),
          new Known(
              "integers\\.(data|old)\\.c9",
              (ours, theirs) -> ours.longValue() == 4294967295L,
              "Maxwell treats ZEROFILL columns as signed"),
          new Known(
              "integers\\.(data|old)\\.c12",
              (ours, theirs) -> ours.intValue() == 0 && theirs.intValue() == 1900,
              "Maxwell writes the YEAR 0000 as 1900"),
          new Known(
              "integers\\.(data|old)\\.c17",
              (ours, theirs) -> ours.longValue() > Integer.MAX_VALUE,
              "Maxwell loses bits of a BIT(33)"),
          new Known(
              "fractions\\.(data|old)\\.c6",
              (ours, theirs) -> ours.floatValue() == theirs.floatValue(),
              "Maxwell writes more digits than a FLOAT has"),
          new Known(
              "dates\\.(data|old)\\.c\\d+",
              (ours, theirs) -> isPartial(ours) || isPartial(theirs) || theirs.isMissingNode(),
              "Maxwell writes a partial date as a zero date"),
          new Known(
              "times\\.(data|old)\\.c\\d",
              (ours, theirs) -> ours.asText().startsWith("-") || ours.asText().startsWith("838"),
              "Maxwell writes a TIME within one day"),
          new Known(
              "labels\\.(data|old)\\.c[02]",
              (ours, theirs) ->
                  theirs.asText().replace("''", "'").translateEscapes().equals(ours.asText()),
              "Maxwell does not unescape quotes and backslashes in labels"),
          new Known(
              "labels\\.(data|old)\\.c\\d",
              (ours, theirs) ->
                  ours.asText("x").isEmpty() && (theirs.isNull() || theirs.isMissingNode()),
              "Maxwell writes an ENUM's error value as NULL"),
          new Known(
              "bytes\\.(data|old)\\.c[01]",
              (ours, theirs) -> unpadded(ours).equals(unpadded(theirs)),
              "Maxwell removes zero bytes at the end of a BINARY"),
          new Known(
              "geometries\\.(data|old)\\.c1",
              (ours, theirs) -> ours.asText().equals("POINT (1.0E300 -1.0E-300)"),
              "Maxwell writes coordinates without exponents, and loses small ones"),
          new Known(
              "documents\\.(data|old)\\.c0",
              (ours, theirs) -> ours.isNumber() && ours.doubleValue() == theirs.doubleValue(),
              "Maxwell writes a large double in a document with all digits"),
          new Known(
              "documents\\.(data|old)\\.c0",
              (ours, theirs) -> theirs.toString().contains(":0-") || isOfArrays(ours, theirs),
              "Maxwell writes times and bytes in a document differently from the server"));

  private static boolean isOfArrays(JsonNode ours, JsonNode theirs) {
    return ours.isArray() && ours.size() == theirs.size();
  }

  private static boolean isPartial(JsonNode date) {
    return date.asText().startsWith("2020-00") || date.asText().startsWith("2020-11-00");
  }

  private static String unpadded(JsonNode base64) {
    String bytes = new String(Base64.getDecoder().decode(base64.asText()), ISO_8859_1);
    return bytes.replaceFirst("\0+$", "");
  }

  @Test
  void messagesDifferFromMaxwellOnlyAsDocumented(LiveServers servers) throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_5_7_22);
    KafkaServer kafka = servers.kafka();
    List<TypedTable> tables = tables();
    mysql.execute("CREATE DATABASE " + SCHEMA + " CHARACTER SET utf8mb4");
    tables.forEach(table -> table.create(mysql, SCHEMA));
    List<JsonNode> theirs;
    List<ConsumerRecord<byte[], byte[]>> ours;
    try (MaxwellOracle oracle = MaxwellOracle.open(mysql, SCHEMA);
        LiveBroker broker = LiveBroker.with(SCHEMA, mysql, kafka, rules()).start();
        Topic topic = new Topic(kafka, SCHEMA)) {
      int messages = write(mysql, tables);

      theirs = oracle.await(messages);
      ours = topic.read(messages);
    }

    Differences differences = new Differences(KNOWN);
    for (int i = 0; i < theirs.size(); i++) {
      JsonNode other = theirs.get(i);
      differences.compare(
          other.path("table").asText(), MaxwellOracle.tree(ours.get(i).value()), other);
    }
    assertThat(differences.unknown()).isEmpty();
    assertThat(differences.notFound()).isEmpty();
    assertThat(ours).hasSameSizeAs(theirs);
  }

  /** Maxwell stops at character sets that it does not know. */
  private static List<TypedTable> tables() {
    Set<String> excluded = Set.of("charsets", "of_mysql");
    return TypedTables.of(MysqlVersion.MYSQL_8_0_33).stream()
        .filter(table -> !excluded.contains(table.name()))
        .toList();
  }

  private static String rules() {
    return """
    "Format":"maxwell-json", "Sources":[{"Schema":"%s", "Tables":[{"Table":".*", "Key":"@pk"}]}],
    """
        .formatted(SCHEMA);
  }

  private static int write(MysqlServer mysql, List<TypedTable> tables) {
    int messages = 0;
    for (TypedTable table : tables) {
      table.insert(mysql, SCHEMA);
      table.update(mysql, SCHEMA);
      table.delete(mysql, SCHEMA);
      messages += 3 * table.rows();
    }
    return messages;
  }
}
