package io.binlogbroker.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.TypedTable;
import io.binlogbroker.broker.fixture.TypedTables;
import io.binlogbroker.conformance.Differences.Known;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import io.debezium.engine.ChangeEvent;
import java.time.LocalDate;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Compares the messages in {@code debezium-json} with Debezium's own for the same changes. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class DebeziumIT {
  private static final String SCHEMA = "beside_debezium";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** The differences that docs/formats.md documents. */
  private static final List<Known> KNOWN =
      List.of(
          new Known(
              ".*\\.source\\.(version|name)",
              (ours, theirs) -> true,
              "each writes its own name and version"),
          new Known(
              ".*\\.source\\.thread",
              (ours, theirs) -> ours.isNull(),
              "the thread id is not written"),
          new Known(
              "[a-z_]*\\.ts_[mun]s",
              (ours, theirs) -> ours.isNumber() && theirs.isNumber(),
              "each uses its own clock"),
          new Known(
              ".*\\.source\\.ts_[mun]s",
              (ours, theirs) ->
                  seconds(ours) - seconds(theirs) <= 5 && seconds(ours) >= seconds(theirs),
              "Debezium writes the second in which the statement started, not the commit time"),
          new Known(
              "integers\\.(before|after)\\.c11",
              (ours, theirs) -> ours.bigIntegerValue().longValue() == theirs.longValue(),
              "Debezium writes a large BIGINT UNSIGNED as a negative number"),
          new Known(
              "integers\\.(before|after)\\.c12",
              (ours, theirs) -> ours.intValue() == 0 && theirs.intValue() == 1900,
              "Debezium writes the YEAR 0000 as 1900"),
          new Known(
              "fractions\\.(before|after)\\.(c6|c7)",
              (ours, theirs) -> ours.floatValue() == theirs.floatValue(),
              "Debezium writes more digits than a FLOAT has"),
          new Known(
              "dates\\.(before|after)\\.c0",
              (ours, theirs) -> LocalDate.ofEpochDay(ours.longValue()).getYear() == 1,
              "Debezium writes the year 0001 as 2001"),
          new Known(
              "charsets\\.(before|after)\\..*",
              (ours, theirs) -> ours.isTextual() && theirs.isTextual(),
              "Debezium does not know koi8u, armscii8, geostd8, dec8 and swe7"),
          new Known(
              "labels\\.(before|after)\\.c2",
              (ours, theirs) ->
                  ours.asText().equals(theirs.asText().translateEscapes()) && !ours.equals(theirs),
              "Debezium does not unescape backslashes in ENUM labels"),
          new Known(
              ".*\\.c1\\.[xy]",
              (ours, theirs) -> ours.isMissingNode(),
              "x and y of a POINT are not written: wkb contains them"));

  private static long seconds(JsonNode time) {
    return Long.parseLong(time.asText().substring(0, 10));
  }

  @Test
  void messagesDifferFromDebeziumOnlyAsDocumented(LiveServers servers) throws Exception {
    MysqlServer mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    KafkaServer kafka = servers.kafka();
    List<TypedTable> tables = tables();
    mysql.execute(
        "CREATE DATABASE " + SCHEMA,
        "CREATE TABLE " + SCHEMA + ".moves (id INT PRIMARY KEY, note VARCHAR(10))");
    tables.forEach(table -> table.create(mysql, SCHEMA));
    List<ChangeEvent<String, String>> theirs;
    List<ConsumerRecord<byte[], byte[]>> ours;
    try (DebeziumOracle oracle = DebeziumOracle.open(mysql, SCHEMA);
        LiveBroker broker = LiveBroker.with(SCHEMA, mysql, kafka, rules()).start();
        Topic topic = new Topic(kafka, SCHEMA)) {
      int messages = write(mysql, tables);

      theirs = oracle.await(messages);
      ours = topic.read(messages);
    }

    Differences differences = new Differences(KNOWN);
    for (int i = 0; i < theirs.size(); i++) {
      JsonNode own = tree(ours.get(i).value());
      JsonNode other = tree(theirs.get(i).value());
      differences.compare(path(other), own, other);
    }
    assertThat(differences.unknown()).isEmpty();
    assertThat(differences.notFound()).isEmpty();
    assertThat(ours).hasSameSizeAs(theirs);
  }

  /** Debezium stops at a zero date within a JSON document. */
  private static List<TypedTable> tables() {
    return TypedTables.of(MysqlVersion.MYSQL_8_0_33).stream()
        .filter(table -> !table.name().equals("documents"))
        .toList();
  }

  private static String rules() {
    return """
    "Format":"debezium-json", "Sources":[{"Schema":"%s", "Tables":[{"Table":".*", "Key":"@pk"}]}],
    """
        .formatted(SCHEMA);
  }

  /**
   * Changes rows of all tables.
   *
   * @return the number of messages for the changes, including tombstones
   */
  private static int write(MysqlServer mysql, List<TypedTable> tables) {
    int messages = 0;
    for (TypedTable table : tables) {
      table.insert(mysql, SCHEMA);
      table.update(mysql, SCHEMA);
      table.delete(mysql, SCHEMA);
      messages += 4 * table.rows();
    }
    mysql.execute(
        "INSERT INTO " + SCHEMA + ".moves VALUES (1, 'a'), (2, 'b')",
        "UPDATE " + SCHEMA + ".moves SET id = 11 WHERE id = 1",
        "DELETE FROM " + SCHEMA + ".moves");
    return messages + 2 + 3 + 4;
  }

  private static JsonNode tree(byte @Nullable [] value) throws Exception {
    return value == null ? NullNode.instance : MAPPER.readTree(new String(value, UTF_8));
  }

  private static JsonNode tree(@Nullable String value) throws Exception {
    return value == null ? NullNode.instance : MAPPER.readTree(value);
  }

  private static String path(JsonNode message) {
    return message.isNull() ? "tombstone" : message.path("source").path("table").asText();
  }
}
