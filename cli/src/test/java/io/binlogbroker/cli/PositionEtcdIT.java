package io.binlogbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.cli.terminal.ExitCode;
import io.binlogbroker.testkit.EtcdServer;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import io.binlogbroker.testkit.process.Folders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A group's position in etcd, removed and set by hand and by commands. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(240)
class PositionEtcdIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static MysqlServer mysql;
  private static KafkaServer kafka;
  private static EtcdServer etcd;

  private final CapturedRun run = new CapturedRun();

  @TempDir Path folder;

  @BeforeAll
  static void use(LiveServers servers) {
    mysql = servers.mysql(MysqlVersion.MYSQL_8_0_33);
    kafka = servers.kafka();
    etcd = servers.etcd();
  }

  @Test
  void afterRemovalByHandTheNextStartBeginsAtTheLatest() throws Exception {
    TestGroup shop = shop("removed");
    deliverOneAndStop(shop);

    etcd.gateway().delete("/position/binlogbroker/removed");

    assertThat(deliveredAfterMissingTwo(shop)).containsExactly(1, 3);
  }

  @Test
  void aPositionRemovedByHandUnderARunningBrokerStaysRemoved() throws Exception {
    TestGroup shop = shop("removing");
    try (ForkedProgram broker = shop.startReading()) {
      shop.insert(1, 1);
      shop.awaitDelivered(1);
      etcd.gateway().delete("/position/binlogbroker/removing");
      broker.awaitConsole("set or removed by someone else", LIMIT);
      stop(broker);
    }

    assertThat(etcd.gateway().get("/position/binlogbroker/removing")).isNull();
    assertThat(deliveredAfterMissingTwo(shop)).containsExactly(1, 3);
  }

  @Test
  void afterAResetCommandTheNextStartBeginsAtTheLatest() throws Exception {
    TestGroup shop = shop("resetting");
    deliverOneAndStop(shop);

    assertThat(run.execute(shop.args("position", "reset"))).isZero();

    assertThat(deliveredAfterMissingTwo(shop)).containsExactly(1, 3);
  }

  @Test
  void anEarlierPositionIsReplayedExactly() throws Exception {
    TestGroup shop = shop("setting");
    Map<String, String> second;
    try (ForkedProgram broker = shop.startReading()) {
      shop.insert(1, 1);
      second = mysql.query("SHOW MASTER STATUS").get(0);
      shop.insert(2, 3);
      shop.awaitDelivered(3);
      stop(broker);
    }

    int code =
        run.execute(
            shop.args(
                "position", "set", "--file", second.get("File"), "--pos", second.get("Position")));

    assertThat(code).as(run.err()).isZero();
    try (ForkedProgram broker = shop.startReading()) {
      assertThat(shop.awaitDelivered(5)).containsExactly(1, 2, 3, 2, 3);
      stop(broker);
    }
  }

  @Test
  void commandsRefuseToChangeThePositionOfARunningBroker() throws Exception {
    TestGroup shop = shop("serving");
    try (ForkedProgram broker = shop.startReading()) {
      assertThat(broker.isAlive()).isTrue();

      assertThat(run.execute(shop.args("position", "reset"))).isEqualTo(ExitCode.FENCED.number());
      assertThat(run.err()).contains("\"serving\" is served by process");
      assertThat(run.execute(shop.args("position", "show"))).isZero();
      assertThat(run.out()).contains("/position/binlogbroker/serving", "from the store");
      assertThat(run.execute(shop.args("role"))).isZero();
      assertThat(run.out()).contains("master  process", "rules   revision 1 is in force");
    }
  }

  @Test
  void aGroupThatMovesFromAFileToEtcdLosesNothing() throws Exception {
    TestGroup shop = new TestGroup("moving", mysql, kafka, folder);
    deliverOneAndStop(shop);
    shop.insert(2, 2);

    int put = put(shop, "--yes");

    assertThat(put).as(run.err()).isZero();
    assertThat(run.out()).contains("Copied from " + folder.resolve("state"));
    assertThat(deliveredWithEtcd(shop, 3)).containsExactly(1, 2, 3);
  }

  @Test
  void aGroupThatMovesFromAnotherHostUsesKafkasPosition() throws Exception {
    TestGroup shop = new TestGroup("afar", mysql, kafka, folder);
    deliverOneAndStop(shop);
    shop.insert(2, 2);
    Folders.delete(folder.resolve("state"));

    int put = put(shop, "--yes");

    assertThat(put).as(run.err()).isZero();
    assertThat(run.out()).contains("Using Kafka's position of afar");
    assertThat(deliveredWithEtcd(shop, 3)).containsExactly(1, 2, 3);
  }

  @Test
  void anEtcdWithoutTheGroupStopsTheStartAndReportsTheFix() throws Exception {
    TestGroup shop = new TestGroup("unknown", mysql, kafka, folder);
    deliverOneAndStop(shop);
    shop.insert(2, 2);
    TestGroup moved = shop.with("\"EtcdAddr\": \"" + etcd.address() + "\", \"LeaseTtl\": \"2s\",");

    try (ForkedProgram broker = ForkedProgram.start(folder, moved.args())) {
      assertThat(broker.exitCode(LIMIT)).isEqualTo(ExitCode.POSITION_LOST.number());
      assertThat(broker.console()).contains("position set --from-kafka", "position reset");
    }
    assertThat(run.execute(moved.args("check"))).isEqualTo(ExitCode.POSITION_LOST.number());
    assertThat(run.execute(moved.args("position", "show"))).isZero();
    assertThat(run.out()).contains("start  refused: ");

    int set = run.execute(moved.args("position", "set", "--from-kafka"));

    assertThat(set).as(run.err()).isZero();
    try (ForkedProgram broker = moved.startReading()) {
      assertThat(moved.awaitDelivered(2)).containsExactly(1, 2);
      stop(broker);
    }
  }

  @Test
  void anEtcdWithoutTheGroupStartsAtTheLatestAfterAReset() throws Exception {
    TestGroup shop = new TestGroup("anewreset", mysql, kafka, folder);
    deliverOneAndStop(shop);
    TestGroup moved = shop.with("\"EtcdAddr\": \"" + etcd.address() + "\", \"LeaseTtl\": \"2s\",");

    assertThat(run.execute(moved.args("position", "reset"))).isZero();

    assertThat(deliveredAfterMissingTwo(moved)).containsExactly(1, 3);
  }

  /** The broker's part is shared: its positions topic also changes for the other group. */
  @Test
  void aChangeOfTheSharedPositionsTopicDuplicatesNoRowOfAnotherGroup() throws Exception {
    TestGroup other = new TestGroup("sharing_b", mysql, kafka, folder);
    TestGroup shop = new TestGroup("sharing_a", mysql, kafka, folder);
    assertThat(put(other, "--yes")).as(run.err()).isZero();
    // Killed at its end, before the copy in etcd is rewritten.
    try (ForkedProgram killed = startWithEtcd(other)) {
      other.insert(1, 1);
      other.awaitDelivered(1);
      other.insert(2, 2);
      other.awaitDelivered(2);
      assertThat(killed.isAlive()).isTrue();
    }
    shop.with("\"PositionsTopic\": \"sharing.positions\",");

    int refused = put(shop);
    int agreed = put(shop, "--yes");

    assertThat(refused).isEqualTo(ExitCode.USAGE.number());
    assertThat(run.err()).contains("PositionsTopic", "sharing_b", "--yes");
    assertThat(agreed).as(run.err()).isZero();
    assertThat(deliveredWithEtcd(other, 3)).containsExactly(1, 2, 3);
    try (ForkedProgram broker = startWithEtcd(other)) {
      other.insert(4, 4);
      assertThat(other.awaitDelivered(4)).containsExactly(1, 2, 3, 4);
      stop(broker);
    }
  }

  private int put(TestGroup shop, String... more) {
    List<String> args = new ArrayList<>(List.of("config", "put", shop.dividedConfig().toString()));
    args.addAll(List.of("-g", shop.group(), "-etcd", etcd.address()));
    args.addAll(List.of(more));
    return run.execute(args.toArray(String[]::new));
  }

  private static ForkedProgram startWithEtcd(TestGroup shop) throws InterruptedException {
    ForkedProgram broker =
        ForkedProgram.start(shop.folder(), "-g", shop.group(), "-etcd", etcd.address());
    broker.awaitConsole("Reading from", LIMIT);
    return broker;
  }

  /** Starts and writes one more row. */
  private static List<Integer> deliveredWithEtcd(TestGroup shop, int last)
      throws InterruptedException {
    try (ForkedProgram broker = startWithEtcd(shop)) {
      shop.insert(last, last);
      List<Integer> delivered = shop.awaitDelivered(last);
      stop(broker);
      return delivered;
    }
  }

  private TestGroup shop(String group) {
    return new TestGroup(group, mysql, kafka, folder)
        .with("\"EtcdAddr\": \"" + etcd.address() + "\", \"LeaseTtl\": \"2s\",");
  }

  private static void deliverOneAndStop(TestGroup shop) throws InterruptedException {
    try (ForkedProgram broker = shop.startReading()) {
      shop.insert(1, 1);
      shop.awaitDelivered(1);
      stop(broker);
    }
  }

  /** Writes a second row while no broker runs, starts, and writes a third. */
  private static List<Integer> deliveredAfterMissingTwo(TestGroup shop)
      throws InterruptedException {
    shop.insert(2, 2);
    try (ForkedProgram broker = shop.startReading()) {
      assertThat(broker.console()).contains("No position is stored");
      shop.insert(3, 3);
      List<Integer> delivered = shop.awaitDelivered(2);
      stop(broker);
      return delivered;
    }
  }

  private static void stop(ForkedProgram broker) throws InterruptedException {
    broker.terminate();
    assertThat(broker.exitCode(LIMIT)).isZero();
  }
}
