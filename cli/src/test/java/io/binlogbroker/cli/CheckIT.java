package io.binlogbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.cli.terminal.ExitCode;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LiveServers.Provider.class)
@Timeout(300)
class CheckIT {
  private static MysqlServer mysql;
  private static KafkaServer kafka;

  private final CapturedRun run = new CapturedRun();

  @TempDir Path folder;

  @BeforeAll
  static void use(LiveServers servers) {
    mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    kafka = servers.kafka();
  }

  @Test
  void reportsThatEverythingIsReady() {
    TestGroup shop = shop("ready");

    int code = run.execute(shop.args("check"));

    assertThat(run.out()).doesNotContain("not ok  ", "warn  ");
    assertThat(run.out())
        .contains("MySQL 8.0.33 at 127.0.0.1", "log_bin", "grant REPLICATION SLAVE", "Topic ready")
        .contains("none: the first start begins at the source's latest position")
        .containsPattern("ok +existing rows +about \\d+ \\(estimate of information_schema\\)");
    assertThat(code).isZero();
  }

  @Test
  void topicsForDdlAndLargeRowsAreChecked() {
    TestGroup shop =
        shop("beside").with("\"OnOversize\":\"dead-letter\", \"DdlTopic\":\"beside_ddl\",");

    int code = run.execute(shop.args("check"));

    assertThat(run.out())
        .containsPattern("ok +Topic beside.oversize +missing, will be created")
        .containsPattern("ok +Topic beside_ddl +missing, will be created");
    assertThat(code).isZero();
  }

  @Test
  void rowsForTheDdlTopicAreRefused() {
    TestGroup shop = shop("met").with("\"DdlTopic\":\"met\",");

    int code = run.execute(shop.args("check"));

    assertThat(run.err()).contains("Rows would be delivered to met, which is DdlTopic");
    assertThat(code).isEqualTo(ExitCode.CONFIG.number());
  }

  @Test
  void aCompactedTopicForLargeRowsIsReported() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      NewTopic compacted =
          new NewTopic("torn.oversize", 1, (short) 1).configs(Map.of("cleanup.policy", "compact"));
      admin.createTopics(List.of(compacted)).all().get(30, TimeUnit.SECONDS);
    }
    TestGroup shop = shop("torn").with("\"OnOversize\":\"dead-letter\",");

    int code = run.execute(shop.args("check"));

    assertThat(run.out()).contains("not ok  Topic torn.oversize", "cleanup.policy=delete");
    assertThat(code).isEqualTo(ExitCode.CONFIG.number());
  }

  @Test
  void mariaDbIsAlsoChecked() {
    try (MysqlServer mariadb = MysqlServer.mariadb114().start()) {
      mariadb.createReplicationUser(TestGroup.USER, TestGroup.PASSWORD);
      TestGroup shop = new TestGroup("mariadb", mariadb, kafka, folder);

      int code = run.execute(shop.args("check"));

      assertThat(run.out()).contains("MariaDB 11.4").doesNotContain("not ok  ", "warn  ");
      assertThat(code).isZero();
    }
  }

  @Test
  void aRunningBrokerIsNotDisturbed() throws Exception {
    TestGroup shop = shop("working");
    try (ForkedProgram broker = shop.startReading()) {
      shop.insert(1, 2);
      shop.awaitDelivered(2);

      int code = run.execute(shop.args("check"));
      shop.insert(3, 4);

      assertThat(code).as(run.out()).isZero();
      assertThat(run.out()).contains("in use by a broker of this group");
      assertThat(shop.awaitDelivered(4)).containsExactly(1, 2, 3, 4);
      assertThat(broker.console()).doesNotContain("WARN", "ERROR");
    }
  }

  @Test
  void anotherGroupThatWritesToTheTopicIsReported() throws Exception {
    TestGroup shop = shop("shared");
    try (ForkedProgram broker = shop.startReading()) {
      shop.insert(1, 2);
      shop.awaitDelivered(2);
      String[] args = shop.args("check");
      run.execute(args);
      assertThat(run.out()).doesNotContain("Writers of topic");
      args[2] = "shared_too";

      int code = run.execute(args);

      assertThat(run.out())
          .containsPattern("warn +Writers of topic shared +it is also written by group shared\\R");
      assertThat(code).as(run.out()).isZero();
      assertThat(broker.console()).doesNotContain("WARN", "ERROR");
    }
  }

  @Test
  void aWrongPasswordStopsTheServersChecksButNotKafkas() {
    TestGroup shop = shop("password").as(TestGroup.USER, "wrong");

    int code = run.execute(shop.args("check"));

    assertThat(code).isEqualTo(4);
    assertThat(run.out())
        .contains("not ok  MySQL reachable", "Access denied", "ok      Kafka reachable");
  }

  @Test
  void missingGrantsAreReportedWithTheirStatements() {
    mysql.execute(
        "CREATE USER 'poor'@'%' IDENTIFIED BY 'poor'", "GRANT SELECT ON no_rights.* TO 'poor'@'%'");
    TestGroup shop = shop("grants").as("poor", "poor");

    int code = run.execute(shop.args("check"));

    assertThat(code).isEqualTo(4);
    assertThat(run.out())
        .contains("GRANT REPLICATION SLAVE ON *.* TO 'poor'@'%';")
        .contains("GRANT REPLICATION CLIENT ON *.* TO 'poor'@'%';")
        .contains("warn    table grants.goods", "GRANT SELECT ON *.* TO 'poor'@'%';");
  }

  @Test
  void wrongSettingsAreReportedWithTheirFix() {
    TestGroup shop = shop("settings");
    mysql.execute(
        "SET GLOBAL binlog_format = 'MIXED'",
        "SET GLOBAL binlog_row_image = 'MINIMAL'",
        "SET GLOBAL binlog_row_metadata = 'MINIMAL'");
    int code;
    try {
      code = run.execute(shop.args("check"));
    } finally {
      mysql.execute(
          "SET GLOBAL binlog_format = 'ROW'",
          "SET GLOBAL binlog_row_image = 'FULL'",
          "SET GLOBAL binlog_row_metadata = 'FULL'");
    }

    assertThat(code).isEqualTo(5);
    assertThat(run.out())
        .contains("not ok  binlog_format", "SET GLOBAL binlog_format = 'ROW';")
        .contains("warn    binlog_row_image", "SET GLOBAL binlog_row_image = 'FULL';")
        .contains("warn    binlog_row_metadata", "SET GLOBAL binlog_row_metadata = 'FULL';");
  }

  @Test
  void aServerWithoutBinaryLogIsReported() {
    try (MysqlServer without = MysqlServer.mysql8033().with("skip_log_bin", "ON").start()) {
      without.createReplicationUser(TestGroup.USER, TestGroup.PASSWORD);
      TestGroup shop = new TestGroup("no_binlog", without, kafka, folder);

      int code = run.execute(shop.args("check"));

      assertThat(code).isEqualTo(5);
      assertThat(run.out()).contains("not ok  log_bin", "log_bin = binlog");
    }
  }

  @Test
  void missingTablesAndKeysAreReported() throws Exception {
    mysql.execute(
        "CREATE DATABASE keys_db",
        "CREATE TABLE keys_db.goods (id INT)",
        "CREATE TABLE keys_db.package (id INT PRIMARY KEY)");
    Path file =
        Files.writeString(
            folder.resolve("conf.json"),
            """
            {"RPCListen":"", "KafkaAddr": ["%s"], "MysqlConn": "%s:%s@tcp(127.0.0.1:%d)",
             "AllowPublicKeyRetrieval": true, "StateDir": "%s/state",
             "Sources": [{"Schema": "keys_db", "Tables": [
               {"Table": "goods", "Key": "@pk"}, {"Table": "package", "Key": "usr_id"},
               {"Table": "godos"}]}]}
            """
                .formatted(
                    kafka.bootstrapServers(),
                    TestGroup.USER,
                    TestGroup.PASSWORD,
                    mysql.port(),
                    folder));

    int code = run.execute("check", "-g", "keys", "-c", file.toString());

    assertThat(code).isEqualTo(3);
    assertThat(run.out())
        .contains("warn    table keys_db.goods", "no primary key")
        .contains("not ok  table keys_db.package", "[usr_id]", "[id]")
        .contains("warn    table keys_db.godos", "does not exist", "keys_db.goods is meant");
  }

  @Test
  void anUnreachableKafkaIsReported() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("conf.json"),
            """
            {"RPCListen":"", "KafkaAddr": ["127.0.0.1:1"], "MysqlConn": "%s:%s@tcp(127.0.0.1:%d)",
             "AllowPublicKeyRetrieval": true, "StateDir": "%s/state", "SyncAll": true}
            """
                .formatted(TestGroup.USER, TestGroup.PASSWORD, mysql.port(), folder));

    int code = run.execute("check", "-g", "no_kafka", "-c", file.toString());

    assertThat(code).isEqualTo(11);
    assertThat(run.out())
        .contains("ok      MySQL reachable", "not ok  Kafka reachable", "127.0.0.1:1");
  }

  private TestGroup shop(String group) {
    return new TestGroup(group, mysql, kafka, folder);
  }
}
