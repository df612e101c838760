package io.binlogbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands that start and steer the snapshots of a running broker. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class SnapshotCommandIT {
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
  void theRowsFromBeforeTheFirstStartAreDelivered() throws Exception {
    TestGroup shop =
        new TestGroup("initially", mysql, kafka, folder).with("\"Snapshot\":\"initial\",");
    shop.insert(1, 3);
    try (ForkedProgram broker = shop.startReading()) {
      assertThat(shop.awaitDelivered(3)).containsExactly(1, 2, 3);
      assertThat(broker.console()).contains("The snapshot of initially.goods is complete: 3 rows");
    }
    shop.insert(4, 4);
    try (ForkedProgram again = shop.startReading()) {
      assertThat(shop.awaitDelivered(4)).containsExactly(1, 2, 3, 4);
      assertThat(again.console()).doesNotContain("The snapshot of");
    }
  }

  @Test
  void aSnapshotIsStartedOnARunningBroker() throws Exception {
    TestGroup shop = new TestGroup("beginning", mysql, kafka, folder);
    shop.insert(1, 5);
    try (ForkedProgram broker = shop.startReading()) {
      int code = execute(shop, "start", "beginning.goods", "--where", "id > 2 -- not the first");

      assertThat(code).as(run.err()).isZero();
      assertThat(run.out()).containsPattern("complete +beginning.goods +3 +0 .*where id > 2");
      assertThat(shop.awaitDelivered(3)).containsExactly(3, 4, 5);
      assertThat(broker.console()).doesNotContain("ERROR");
    }
  }

  /** A request is done once its effect is acknowledged, which may take longer than the commit. */
  @Test
  void aSnapshotIsStartedAtLeastOnce() throws Exception {
    TestGroup shop =
        new TestGroup("leastonce", mysql, kafka, folder).with("\"Delivery\":\"at-least-once\",");
    shop.insert(1, 5);
    try (ForkedProgram broker = shop.startReading()) {
      int code = execute(shop, "start", "leastonce.goods");

      assertThat(code).as(run.err()).isZero();
      assertThat(run.out()).containsPattern("complete +leastonce.goods +5 +0 ");
      assertThat(shop.awaitDelivered(5)).containsExactly(1, 2, 3, 4, 5);
      assertThat(broker.console()).doesNotContain("ERROR");
    }
  }

  @Test
  void aTableIsAddedWithItsRows() throws Exception {
    TestGroup shop = new TestGroup("addingrows", mysql, kafka, folder);
    mysql.execute(
        "CREATE TABLE addingrows.orders (id INT PRIMARY KEY)",
        "INSERT INTO addingrows.orders VALUES (1), (2)");
    try (ForkedProgram broker = shop.startReading()) {
      int code =
          run.execute(
              shop.args("config", "add-table", "addingrows.orders", "--key", "id", "--snapshot"));

      assertThat(code).as(run.err()).isZero();
      assertThat(run.out()).contains("snapshot initial");
      assertThat(shop.awaitDelivered(2)).containsExactly(1, 2);
    }
  }

  @Test
  void aWrongRequestIsRefusedWithItsReason() throws Exception {
    TestGroup shop = new TestGroup("refusedrows", mysql, kafka, folder);
    mysql.execute("CREATE TABLE refusedrows.other (id INT PRIMARY KEY)");
    try (ForkedProgram broker = shop.startReading()) {
      assertThat(execute(shop, "start", "refusedrows.other")).isNotZero();
      assertThat(execute(shop, "start", "refusedrows.goods", "--where", "nosuch = 1")).isNotZero();
      assertThat(execute(shop, "start", "refusedrows.goods", "--where", "id > 1) OR (1"))
          .isNotZero();
      assertThat(execute(shop, "start", "goods")).isEqualTo(2);
      assertThat(execute(shop, "start")).isEqualTo(2);
      assertThat(execute(shop, "pause", "refusedrows.goods")).isNotZero();

      assertThat(run.err())
          .contains("refusedrows.other: no rule delivers it")
          .contains("Unknown column 'nosuch'")
          .contains("the condition \"id > 1) OR (1\" cannot be used")
          .contains("Expected SCHEMA.TABLE")
          .contains("Missing SCHEMA.TABLE")
          .contains("No snapshot of refusedrows.goods was started");
      shop.insert(1, 1);
      assertThat(shop.awaitDelivered(1)).containsExactly(1);
      assertThat(broker.console()).doesNotContain("ERROR");
    }
  }

  @Test
  void aSnapshotIsPausedResumedAndCancelled() throws Exception {
    TestGroup shop =
        new TestGroup("pausing", mysql, kafka, folder).with("\"SnapshotRate\":\"1KiB\",");
    shop.insert(1, 2_000);
    try (ForkedProgram broker = shop.startReading()) {
      assertThat(execute(shop, "start", "pausing.goods", "--no-wait")).as(run.err()).isZero();
      broker.awaitConsole("START", Duration.ofSeconds(30));

      assertThat(execute(shop, "pause")).as(run.err()).isZero();
      assertThat(run.out()).containsPattern("paused +pausing.goods");
      assertThat(execute(shop, "resume", "pausing.goods")).as(run.err()).isZero();
      assertThat(run.out()).containsPattern("reading +pausing.goods");
      assertThat(execute(shop, "cancel", "pausing.goods")).as(run.err()).isZero();
      assertThat(execute(shop, "status")).as(run.err()).isZero();
      assertThat(run.out()).containsPattern("cancelled +pausing.goods");
      assertThat(broker.console()).doesNotContain("ERROR");
    }
  }

  /** The stream goes on, and a later snapshot continues. */
  @Test
  void aTableThatMayNotBeReadFailsAlone() throws Exception {
    TestGroup shop =
        new TestGroup("forbidden", mysql, kafka, folder)
            .as("rep_only", "secret")
            .with("\"Snapshot\":\"initial\", \"SyncAll\":true,");
    mysql.execute(
        "CREATE USER rep_only IDENTIFIED WITH mysql_native_password BY 'secret'",
        "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO rep_only");
    shop.insert(1, 2);

    assertThat(run.execute(shop.args("check"))).isNotZero();
    assertThat(run.out()).contains("snapshot of forbidden.goods", "GRANT SELECT on the table");
    try (ForkedProgram broker = shop.startReading()) {
      broker.awaitConsole("The snapshot of forbidden.goods has failed", Duration.ofSeconds(30));
      shop.insert(3, 3);
      assertThat(shop.awaitDelivered(1)).containsExactly(3);
      assertThat(execute(shop, "status")).isZero();
      assertThat(run.out()).containsPattern("failed +forbidden.goods");

      mysql.execute("GRANT SELECT ON forbidden.goods TO rep_only");
      assertThat(execute(shop, "resume")).as(run.err()).isZero();
      assertThat(shop.awaitDelivered(3)).startsWith(3, 1, 2);
    }
  }

  @Test
  void withoutFullRowImagesTheSnapshotFailsAndTheStreamGoesOn() throws Exception {
    try (MysqlServer minimal =
        MysqlServer.mysql8033().with("binlog_row_image", "MINIMAL").start()) {
      minimal.createReplicationUser(TestGroup.USER, TestGroup.PASSWORD);
      TestGroup shop =
          new TestGroup("minimal", minimal, kafka, folder).with("\"Snapshot\":\"initial\",");
      shop.insert(1, 2);
      try (ForkedProgram broker = shop.startReading()) {
        broker.awaitConsole(
            "binlog_row_image is MINIMAL; fix: SET GLOBAL binlog_row_image = FULL",
            Duration.ofSeconds(30));
        assertThat(execute(shop, "start", "minimal.goods")).isNotZero();
        assertThat(run.err()).contains("binlog_row_image is MINIMAL");
        shop.insert(3, 3);
        assertThat(shop.awaitDelivered(1)).containsExactly(3);
      }
    }
  }

  private int execute(TestGroup shop, String... command) {
    List<String> args = new ArrayList<>(List.of("snapshot"));
    args.addAll(List.of(command));
    return run.execute(shop.args(args.toArray(String[]::new)));
  }
}
