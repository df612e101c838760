package io.binlogbroker.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.LiveServers;
import io.binlogbroker.broker.relay.ExitCode;
import io.binlogbroker.testkit.EtcdServer;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A group's position in etcd, removed and set by an operator's hand and by our commands. */
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
  void removedByHandTheNextStartBeginsAtTheLatest() throws Exception {
    Shop shop = shop("removed");
    deliverOneAndStop(shop);

    etcd.gateway().delete("/position/binlogbroker/removed");

    assertThat(deliveredAfterMissingTwo(shop)).containsExactly(1, 3);
  }

  @Test
  void removedByHandWhileABrokerWorksItStaysRemoved() throws Exception {
    Shop shop = shop("removing");
    try (ForkedProgram broker = shop.startReading()) {
      shop.insert(1, 1);
      shop.awaitDelivered(1);
      etcd.gateway().delete("/position/binlogbroker/removing");
      broker.awaitConsole("set or removed by somebody else", LIMIT);
      stop(broker);
    }

    assertThat(etcd.gateway().get("/position/binlogbroker/removing")).isNull();
    assertThat(deliveredAfterMissingTwo(shop)).containsExactly(1, 3);
  }

  @Test
  void resetByTheCommandTheNextStartBeginsAtTheLatest() throws Exception {
    Shop shop = shop("resetting");
    deliverOneAndStop(shop);

    assertThat(run.execute(shop.args("position", "reset"))).isZero();

    assertThat(deliveredAfterMissingTwo(shop)).containsExactly(1, 3);
  }

  @Test
  void setToAnEarlierPlaceItReplaysFromExactlyThere() throws Exception {
    Shop shop = shop("setting");
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
  void commandsLeaveItAloneWhileABrokerWorks() throws Exception {
    Shop shop = shop("serving");
    try (ForkedProgram broker = shop.startReading()) {
      assertThat(broker.isAlive()).isTrue();

      assertThat(run.execute(shop.args("position", "reset"))).isEqualTo(ExitCode.FENCED.number());
      assertThat(run.err()).contains("\"serving\" is served by process");
      assertThat(run.execute(shop.args("position", "show"))).isZero();
      assertThat(run.out()).contains("/position/binlogbroker/serving", "as the store says");
      assertThat(run.execute(shop.args("role"))).isZero();
      assertThat(run.out()).contains("master  process", "rules   revision 1 is in force");
    }
  }

  private Shop shop(String group) {
    return new Shop(group, mysql, kafka, folder)
        .with("\"EtcdAddr\": \"" + etcd.address() + "\", \"LeaseTtl\": \"2s\",");
  }

  private static void deliverOneAndStop(Shop shop) throws InterruptedException {
    try (ForkedProgram broker = shop.startReading()) {
      shop.insert(1, 1);
      shop.awaitDelivered(1);
      stop(broker);
    }
  }

  /** Writes a second row that nobody reads, starts, and writes a third. */
  private static List<Integer> deliveredAfterMissingTwo(Shop shop) throws InterruptedException {
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
