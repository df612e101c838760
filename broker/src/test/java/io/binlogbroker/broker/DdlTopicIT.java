package io.binlogbroker.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.binlogbroker.binlog.wire.RawStatements;
import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.TopicRecords;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** DDL of real servers is delivered to its topic exactly once and in order. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(120)
class DdlTopicIT {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static LiveServers servers;
  private static KafkaServer kafka;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
    kafka = shared.kafka();
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void ddlOfTheDeliveredSchemasArrivesOnceAndInOrder(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = "ddl_" + version.ordinal();
    String rules =
        """
        "DdlTopic":"ddl.%s", "Sources":[{"Schema":"%s", "Tables":[{"Table":".*"}]}],
        """;
    List<String> sent = new ArrayList<>();
    try (LiveBroker broker =
        LiveBroker.with(schema, mysql, kafka, rules.formatted(schema, schema))) {
      mysql.execute("CREATE DATABASE " + schema);
      broker.start();
      run(mysql, schema, sent, "CREATE TABLE a (id INT PRIMARY KEY)", "ALTER TABLE a ADD n INT");
      mysql.execute("INSERT INTO " + schema + ".a VALUES (1, 1)");
      broker.stopAfter(1, schema);
      mysql.execute(
          "CREATE USER 'ddl'@'localhost' IDENTIFIED BY 'Secret_1'",
          "DROP USER 'ddl'@'localhost'",
          "CREATE DATABASE not_" + schema,
          "CREATE TABLE not_" + schema + ".t (id INT)");
      run(mysql, schema, sent, "TRUNCATE TABLE a", "CREATE INDEX i ON a (n)");
      mysql.execute(
          "USE " + schema, "INSERT INTO a VALUES (2, 2)", "CREATE TABLE c SELECT * FROM a");
      sent.add("CREATE TABLE `c`");
      if (version == MysqlVersion.MARIADB_11_4) {
        mysql.execute("USE " + schema, "SET binlog_alter_two_phase = 1", "ALTER TABLE a ADD m INT");
        sent.add("ALTER TABLE a ADD m INT");
      }
      run(mysql, schema, sent, "ALTER TABLE a COMMENT '订单'", "RENAME TABLE c TO d", "DROP TABLE d");
      mysql.execute("INSERT INTO " + schema + ".a (id) VALUES (3)");
      broker.start();
      broker.stopAfter(4, schema);
    }

    List<String> arrived = sql(TopicRecords.of(kafka, "ddl." + schema), schema);
    assertThat(arrived).hasSameSizeAs(sent);
    for (int i = 0; i < sent.size(); i++) {
      assertThat(arrived.get(i)).startsWith(sent.get(i)).doesNotContain("START TRANSACTION");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_8_0_33", "MARIADB_11_4"})
  void ddlWithWhitespaceOfAnotherCharacterSetArrives(MysqlVersion version) throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = "ddl_blanks_" + version.ordinal();
    String rules =
        """
        "DdlTopic":"ddl.%s", "Sources":[{"Schema":"%s", "Tables":[{"Table":".*"}]}],
        """;
    mysql.execute("CREATE DATABASE " + schema);
    try (RawStatements session = RawStatements.open(mysql);
        LiveBroker broker =
            LiveBroker.with(schema, mysql, kafka, rules.formatted(schema, schema)).start()) {
      session.execute(
          "USE " + schema,
          "SET NAMES latin1",
          "CREATE\u00a0TABLE a (\u00e9 INT)",
          "\u00a0ALTER\u00a0TABLE a ADD n INT",
          "CREATE TABLE c SELECT \u00e9 FROM a",
          "INSERT INTO a VALUES (1, 1)");
      broker.stopAfter(1, schema);
    }

    List<String> arrived = sql(TopicRecords.of(kafka, "ddl." + schema), schema);
    assertThat(arrived).hasSize(3);
    assertThat(arrived.subList(0, 2))
        .containsExactly("CREATE\u00a0TABLE a (\u00e9 INT)", "ALTER\u00a0TABLE a ADD n INT");
    assertThat(arrived.get(2)).startsWith("CREATE TABLE `c` (\n  `\u00e9` int");
  }

  private static void run(MysqlServer mysql, String schema, List<String> sent, String... ddl) {
    for (String statement : ddl) {
      mysql.execute("USE " + schema, statement);
      // The server rewrites DROP TABLE.
      sent.add(statement.equals("DROP TABLE d") ? "DROP TABLE `d`" : statement);
    }
  }

  private static List<String> sql(List<ConsumerRecord<byte[], byte[]>> records, String schema)
      throws IOException {
    List<String> sql = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      JsonNode message = MAPPER.readTree(record.value());
      assertThat(new String(record.key(), UTF_8)).isEqualTo(schema);
      assertThat(message.get("db").textValue()).isEqualTo(schema);
      assertThat(message.get("source").get("pos").longValue()).isPositive();
      sql.add(message.get("sql").textValue());
    }
    return sql;
  }
}
