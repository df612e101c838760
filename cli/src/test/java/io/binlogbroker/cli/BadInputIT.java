package io.binlogbroker.cli;

import static java.util.stream.IntStream.rangeClosed;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The broker reports each fault in its environment with an exit code and without a stack trace. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(300)
class BadInputIT {
  private static final Duration END = Duration.ofMinutes(2);

  private static MysqlServer mysql;
  private static KafkaServer kafka;

  @TempDir Path folder;

  @BeforeAll
  static void use(LiveServers servers) {
    mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    kafka = servers.kafka();
  }

  @Test
  void malformedJsonIsReportedWithItsPosition() throws Exception {
    Path file = Files.writeString(folder.resolve("bad.json"), "{\"KafkaAddr\": [\"a:1\"\n  oops}");

    String console = failed(3, folder, "-g", "malformed", "-c", file.toString());

    assertThat(console).contains("bad.json", "line 2");
  }

  @Test
  void unknownKeysAreReportedWithTheNearestKey() throws Exception {
    TestGroup shop = shop("unknown_keys").with("\"StratTimeout\": \"2s\", \"Pasword\": 1,");

    String console = failed(3, folder, shop.args());

    assertThat(console).contains("StratTimeout", "StartTimeout", "Pasword");
  }

  @Test
  void aWrongPasswordNamesTheUser() throws Exception {
    TestGroup shop = shop("wrong_password").as(TestGroup.USER, "s3cret-but-wrong");

    String console = failed(4, folder, shop.args());

    assertThat(console)
        .contains("Access denied", TestGroup.USER)
        .doesNotContain("s3cret-but-wrong");
  }

  @Test
  void anUnreachableDatabaseEndsTheStartAfterStartTimeout() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("conf.json"),
            """
            {"RPCListen":"", "KafkaAddr": ["%s"], "MysqlConn": "u:p@tcp(127.0.0.1:1)", "SyncAll": true,
             "StartTimeout": "2s", "LogDir": "%2$s/log", "StateDir": "%2$s/state"}
            """
                .formatted(kafka.bootstrapServers(), folder));

    String console = failed(11, folder, "-g", "unreachable", "-c", file.toString());

    assertThat(console).contains("127.0.0.1:1 refused", "check that the server runs");
  }

  @Test
  void anUnreachableKafkaEndsTheStartAfterStartTimeout() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("conf.json"),
            """
            {"RPCListen":"", "KafkaAddr": ["127.0.0.1:1"], "MysqlConn": "%s:%s@tcp(127.0.0.1:%d)",
             "SyncAll": true, "StartTimeout": "2s",
             "LogDir": "%4$s/log", "StateDir": "%4$s/state"}
            """
                .formatted(TestGroup.USER, TestGroup.PASSWORD, mysql.port(), folder));

    String console = failed(11, folder, "-g", "no_kafka", "-c", file.toString());

    assertThat(console).contains("Kafka at 127.0.0.1:1");
  }

  @Test
  void aServerWithoutBinaryLogIsRefused() throws Exception {
    try (MysqlServer without = MysqlServer.mysql8033().with("skip_log_bin", "ON").start()) {
      without.createReplicationUser(TestGroup.USER, TestGroup.PASSWORD);
      TestGroup shop = new TestGroup("no_binlog", without, kafka, folder);

      String console = failed(5, folder, shop.args());

      assertThat(console).contains("log_bin", "configuration");
    }
  }

  @Test
  void anotherFormatThanRowIsRefusedAndNothingIsLost() throws Exception {
    TestGroup shop = shop("not_row");
    deliver(shop, 1, 3);
    shop.insert(4, 6);

    mysql.execute("SET GLOBAL binlog_format = 'MIXED'");
    String console;
    try {
      console = failed(5, folder, shop.args());
    } finally {
      mysql.execute("SET GLOBAL binlog_format = 'ROW'");
    }

    assertThat(console).contains("binlog_format", "MIXED", "SET GLOBAL binlog_format = 'ROW'");
    assertThat(afterMending(shop, 9)).containsExactlyElementsOf(ids(9));
  }

  @Test
  void aMissingGrantIsReportedWithItsStatementAndNothingIsLost() throws Exception {
    String user = "less_user";
    mysql.createReplicationUser(user, TestGroup.PASSWORD);
    TestGroup shop = shop("no_grant").as(user, TestGroup.PASSWORD);
    deliver(shop, 1, 3);
    shop.insert(4, 6);

    mysql.execute("REVOKE REPLICATION SLAVE ON *.* FROM '" + user + "'@'%'");
    String console = failed(4, folder, shop.args());
    mysql.execute("GRANT REPLICATION SLAVE ON *.* TO '" + user + "'@'%'");

    assertThat(console).contains("GRANT REPLICATION SLAVE", user);
    assertThat(afterMending(shop, 9)).containsExactlyElementsOf(ids(9));
  }

  @Test
  void aPurgedPositionIsReported() throws Exception {
    TestGroup shop = shop("purged");
    deliver(shop, 1, 3);
    shop.insert(4, 6);

    mysql.execute("FLUSH BINARY LOGS", "FLUSH BINARY LOGS");
    String last = mysql.query("SHOW MASTER STATUS").get(0).get("File");
    mysql.execute("PURGE BINARY LOGS TO '" + last + "'");
    String console = failed(6, folder, shop.args());

    assertThat(console).contains("position set", "position reset");
    assertThat(shop.delivered()).containsExactlyElementsOf(ids(3));
  }

  @Test
  void anUnwritableLogFolderIsReported() throws Exception {
    Files.createFile(folder.resolve("log"));
    TestGroup shop = shop("no_log");

    String console = failed(3, folder, shop.args());

    assertThat(console).contains("LogDir", "log/binlogbroker.log cannot be written");
  }

  private TestGroup shop(String group) {
    return new TestGroup(group, mysql, kafka, folder);
  }

  /** A broker that ran before the fault. */
  private static void deliver(TestGroup shop, int first, int last) throws InterruptedException {
    try (ForkedProgram broker = shop.startReading()) {
      shop.insert(first, last);
      assertThat(shop.awaitDelivered(last)).hasSize(last);
      broker.terminate();
      assertThat(broker.exitCode(END)).isZero();
    }
  }

  /** Continues from its position with three more rows. */
  private static List<Integer> afterMending(TestGroup shop, int last) throws InterruptedException {
    try (ForkedProgram broker = shop.startReading()) {
      shop.insert(last - 2, last);
      List<Integer> delivered = shop.awaitDelivered(last);
      broker.terminate();
      assertThat(broker.exitCode(END)).isZero();
      return delivered;
    }
  }

  private static List<Integer> ids(int last) {
    return rangeClosed(1, last).boxed().toList();
  }

  /** The console output of a failing start. */
  private static String failed(int exitCode, Path folder, String... args)
      throws InterruptedException, IOException {
    try (ForkedProgram program = ForkedProgram.start(folder, args)) {
      assertThat(program.exitCode(END)).as(program::console).isEqualTo(exitCode);
      String console = program.console();
      assertThat(console).doesNotContain("\tat ", "Exception in thread");
      Path log = folder.resolve("log").resolve("binlogbroker.log");
      if (console.contains("ERROR")) {
        assertThat(Files.readString(log)).contains("ERROR");
      }
      return console;
    }
  }
}
