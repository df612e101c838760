package io.binlogbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LiveServers.Provider.class)
@Timeout(300)
class PositionIT {
  private static final Duration END = Duration.ofSeconds(60);

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
  void changesAfterASetPositionAreDeliveredAgain() throws Exception {
    TestGroup shop = shop("set_back");
    String[] start = end();
    deliver(shop, 1, 3, 3);

    int code = run.execute(shop.args("position", "set", "--file", start[0], "--pos", start[1]));

    assertThat(code).as(run.err()).isZero();
    assertThat(run.out()).contains("Set the position of set_back to " + String.join(":", start));
    try (ForkedProgram broker = shop.startReading()) {
      assertThat(shop.awaitDelivered(6)).containsExactly(1, 2, 3, 1, 2, 3);
    }
  }

  @Test
  void afterAResetTheNextStartBeginsAtTheLatest() throws Exception {
    TestGroup shop = shop("reset");
    deliver(shop, 1, 2, 2);

    int code = run.execute(shop.args("position", "reset"));
    shop.insert(3, 4);
    deliver(shop, 5, 6, 4);

    assertThat(code).isZero();
    assertThat(run.out()).contains("Removed the position of reset", "the source's latest");
    assertThat(shop.delivered()).containsExactly(1, 2, 5, 6);
  }

  @Test
  void theShownPositionIsTheOneUsed() throws Exception {
    TestGroup shop = shop("shown");
    run.execute(shop.args("position", "show"));
    assertThat(run.out()).contains("none", "at the source's latest position");
    deliver(shop, 1, 2, 2);
    String[] end = end();

    int code = run.execute(shop.args("position", "show"));

    assertThat(code).isZero();
    assertThat(run.out()).contains("topic binlogbroker.positions: " + String.join(":", end));
    assertThat(run.out()).containsPattern("start +" + String.join(":", end));
  }

  @Test
  void aDamagedCopyDoesNotHideKafkasPosition() throws Exception {
    TestGroup shop = shop("damaged");
    deliver(shop, 1, 2, 2);
    Files.writeString(folder.resolve("state/damaged.position.json"), "{");
    Files.writeString(folder.resolve("state/damaged.served.json"), "{");
    String[] end = end();

    int shown = run.execute(shop.args("position", "show"));

    assertThat(shown).isZero();
    assertThat(run.out())
        .contains("not readable", "topic binlogbroker.positions: " + String.join(":", end))
        .containsPattern("start +refused; .*--from-kafka");
    assertThat(run.execute(shop.args("position", "set", "--from-kafka"))).isZero();
    deliver(shop, 3, 3, 3);
    assertThat(shop.delivered()).containsExactly(1, 2, 3);
  }

  @Test
  void thePositionOfARunningBrokerIsNotChanged() throws Exception {
    TestGroup shop = shop("at_work");
    try (ForkedProgram broker = shop.startReading()) {
      int code = run.execute(shop.args("position", "reset"));

      assertThat(code).isEqualTo(10);
      assertThat(run.err()).contains("at_work", "stop it first");
      assertThat(broker.console()).doesNotContain("ERROR");
    }
  }

  @Test
  void aPositionThatTheServerDoesNotHaveIsRefused() {
    TestGroup shop = shop("nowhere");

    int code = run.execute(shop.args("position", "set", "--file", "binlog.999999", "--pos", "4"));

    assertThat(code).isEqualTo(6);
    assertThat(run.err()).contains("no longer has binlog.999999", "\". --force sets it");
  }

  @Test
  void aPositionWithinATransactionIsRefusedWithTheNearestOnes() throws Exception {
    TestGroup shop = shop("within");
    String[] before = end();
    shop.insert(1, 2);
    String[] behind = end();
    shop.insert(3, 3);
    long offset = Long.parseLong(behind[1]) - 20;

    int code = run.execute(shop.args("position", "set", "--file", before[0], "--pos", "" + offset));
    int forced =
        new CapturedRun()
            .execute(
                shop.args("position", "set", "--file", before[0], "--pos", "" + offset, "--force"));
    int checked = run.execute(shop.args("check"));

    assertThat(code).isEqualTo(2);
    assertThat(run.err())
        .contains("it is inside an event", String.join(":", behind) + " after it", "--force");
    assertThat(forced).isZero();
    assertThat(checked).as(run.out()).isEqualTo(7);
    assertThat(run.out()).contains("Cannot continue from the position", "it is inside an event");
  }

  @Test
  void missingGtidSetsAreNotedAndPurgedOnesChecked() throws Exception {
    try (MysqlServer server =
        MysqlServer.mysql8033()
            .with("gtid_mode", "ON")
            .with("enforce_gtid_consistency", "ON")
            .start()) {
      server.createReplicationUser(TestGroup.USER, TestGroup.PASSWORD);
      TestGroup shop = new TestGroup("gtids", server, kafka, folder);
      deliver(shop, 1, 2, 2);
      assertThat(run.execute(shop.args("check"))).as(run.out()).isZero();
      assertThat(run.out()).containsPattern("ok +stored position .* gtid " + uuid(server));

      shop.insert(3, 4);
      server.execute("FLUSH BINARY LOGS", "PURGE BINARY LOGS BEFORE NOW() + INTERVAL 1 DAY");
      int purged = run.execute(shop.args("check"));
      String file = server.query("SHOW MASTER STATUS").get(0).get("File");
      int set = run.execute(shop.args("position", "set", "--file", file, "--pos", "4"));

      assertThat(purged).isEqualTo(6);
      assertThat(run.out()).contains("The server has deleted transactions after it: ");
      assertThat(set).isZero();
      assertThat(run.out()).contains("Note: " + file + ":4 has no GTIDs", "--gtid-set");
    }
  }

  private static String uuid(MysqlServer server) {
    return server.value("SELECT @@server_uuid");
  }

  @Test
  void anInvalidGtidSetIsRefused() {
    TestGroup shop = shop("no_gtids");
    String[] end = end();

    int code =
        run.execute(
            shop.args("position", "set", "--file", end[0], "--pos", end[1], "--gtid-set", "1-5"));

    assertThat(code).isEqualTo(2);
    assertThat(run.err()).contains("GTID set", "1-5");
  }

  private TestGroup shop(String group) {
    return new TestGroup(group, mysql, kafka, folder);
  }

  /** The current end of the log. */
  private static String[] end() {
    Map<String, String> status = mysql.query("SHOW MASTER STATUS").get(0);
    return new String[] {status.get("File"), status.get("Position")};
  }

  private static void deliver(TestGroup shop, int first, int last, int inAll)
      throws InterruptedException {
    try (ForkedProgram broker = shop.startReading()) {
      shop.insert(first, last);
      assertThat(shop.awaitDelivered(inAll)).hasSize(inAll);
      broker.terminate();
      assertThat(broker.exitCode(END)).isZero();
    }
  }
}
