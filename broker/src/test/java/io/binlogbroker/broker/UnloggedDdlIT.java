package io.binlogbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.ColumnLines;
import io.binlogbroker.broker.fixture.LiveBroker;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.broker.fixture.Unnamed;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tables that were altered without a statement in the log (sql_log_bin = 0), and others that were
 * not.
 */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class UnloggedDdlIT {
  private static LiveServers servers;
  private static KafkaServer kafka;

  @BeforeAll
  static void use(LiveServers shared) {
    servers = shared;
    kafka = shared.kafka();
  }

  /** A running broker detects it by the table's new id, a starting one by its first rows. */
  @ParameterizedTest
  @EnumSource(names = {"MYSQL_5_7_22", "MYSQL_8_0_33", "MARIADB_11_4"})
  void aTableThatWasRecreatedWithoutAStatementInTheLogStopsTheBroker(MysqlVersion version)
      throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = "hidden_" + version.ordinal();
    String goods = schema + ".goods";
    mysql.execute("CREATE DATABASE " + schema, "CREATE TABLE " + goods + " (a INT, b INT)");
    List<ChangeRecord> changes;
    try (Unnamed unnamed = new Unnamed(mysql);
        LiveBroker broker = LiveBroker.ofAll(schema, mysql, kafka)) {
      mysql.execute("INSERT INTO " + goods + " VALUES (1, 1)");
      broker.await(1, schema);
      mysql.execute(
          "SET SESSION sql_log_bin = 0",
          "DROP TABLE " + goods,
          "CREATE TABLE " + goods + " (b INT, a INT)",
          "SET SESSION sql_log_bin = 1",
          "INSERT INTO " + goods + " VALUES (2, 2)");
      assertAlteredWithoutLogging(broker.failure(), "[a, b]", "[b, a]");
      assertAlteredWithoutLogging(broker.fail(), "[a, b]", "[b, a]");

      Files.delete(broker.catalogueFile("table." + schema + ".goods.json"));
      changes = broker.start().stopAfter(2, schema);
    }

    assertThat(ColumnLines.lines(changes)).containsExactly("goods[a, b]", "goods[b, a]");
  }

  @ParameterizedTest
  @EnumSource(names = {"MYSQL_5_7_22", "MYSQL_8_0_33", "MARIADB_11_4"})
  void aTableThatWasRenamedInPartWithoutAStatementInTheLogIsParked(MysqlVersion version)
      throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = "hidden_parked_" + version.ordinal();
    String goods = schema + ".goods";
    mysql.execute(
        "CREATE DATABASE " + schema,
        "CREATE TABLE " + goods + " (a INT, b INT)",
        "CREATE TABLE " + schema + ".other (a INT, b INT)");
    String parks = "\"SyncAll\":true, \"OnSchemaMismatch\":\"park\",";
    List<ChangeRecord> changes;
    try (Unnamed unnamed = new Unnamed(mysql);
        LiveBroker broker = LiveBroker.with(schema, mysql, kafka, parks)) {
      broker.start();
      mysql.execute("INSERT INTO " + goods + " VALUES (1, 1)");
      broker.await(1, schema);
      mysql.execute(
          "SET SESSION sql_log_bin = 0",
          "ALTER TABLE " + goods + " CHANGE a renamed INT",
          "SET SESSION sql_log_bin = 1",
          "INSERT INTO " + goods + " VALUES (2, 2)",
          "INSERT INTO " + schema + ".other VALUES (3, 3)");
      changes = broker.stopAfter(2, schema);
      assertThat(Files.readString(broker.catalogueFile("parked." + schema + ".goods.json")))
          .contains("shows [renamed, b]");
    }

    assertThat(ColumnLines.lines(changes)).containsExactly("goods[a, b]", "other[a, b]");
  }

  /** All causes of new table ids, while information_schema is ahead of the log position. */
  @ParameterizedTest
  @EnumSource(names = {"MYSQL_5_7_22", "MYSQL_8_0_33", "MARIADB_11_4"})
  void aLaggingBrokerDoesNotReportALoggedStatementAsUnlogged(MysqlVersion version)
      throws Exception {
    MysqlServer mysql = servers.mysql(version);
    String schema = "lags_" + version.ordinal();
    String goods = schema + ".goods";
    mysql.execute("CREATE DATABASE " + schema, "CREATE TABLE " + goods + " (a INT, b INT)");
    List<ChangeRecord> changes;
    try (Unnamed unnamed = new Unnamed(mysql);
        LiveBroker broker = LiveBroker.ofAll(schema, mysql, kafka)) {
      mysql.execute("INSERT INTO " + goods + " VALUES (1, 1)");
      broker.stopAfter(1, schema);
      mysql.execute(
          "INSERT INTO " + goods + " VALUES (2, 2)",
          "FLUSH TABLES",
          "INSERT INTO " + goods + " VALUES (3, 3)",
          "FLUSH BINARY LOGS",
          "INSERT INTO " + goods + " VALUES (4, 4)",
          "ALTER TABLE " + goods + " CHANGE a x INT, CHANGE b a INT",
          "FLUSH TABLES",
          "INSERT INTO " + goods + " VALUES (5, 5)",
          "DROP TABLE " + goods,
          "CREATE TABLE " + goods + " (c INT, d INT)",
          "INSERT INTO " + goods + " VALUES (6, 6)",
          "CREATE TABLE " + schema + ".next (e INT, f INT)",
          "RENAME TABLE " + goods + " TO " + schema + ".old, " + schema + ".next TO " + goods,
          "INSERT INTO " + goods + " VALUES (7, 7)");
      broker.start().await(7, schema);
      mysql.execute("FLUSH TABLES", "INSERT INTO " + goods + " VALUES (8, 8)");
      changes = broker.stopAfter(8, schema);
    }

    assertThat(ColumnLines.lines(changes))
        .containsExactly(
            "goods[a, b]",
            "goods[a, b]",
            "goods[a, b]",
            "goods[a, b]",
            "goods[x, a]",
            "goods[c, d]",
            "goods[e, f]",
            "goods[e, f]");
  }

  private static void assertAlteredWithoutLogging(
      DeliveryException failure, String known, String shown) {
    assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE_DATA);
    assertThat(failure)
        .hasMessageContaining("the catalogue has " + known)
        .hasMessageContaining("the server shows " + shown)
        .hasMessageContaining("fix: ");
  }
}
