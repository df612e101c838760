package io.binlogbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.testkit.EtcdServer;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import io.binlogbroker.testkit.process.ReservedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A broker with its configuration in etcd, changed by commands and by hand. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(240)
class ConfigEtcdIT {
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
  void aTableIsAddedAndRemovedInEtcd() throws Exception {
    TestGroup shop = new TestGroup("coming", mysql, kafka, folder);
    mysql.execute("CREATE TABLE coming.orders (id INT PRIMARY KEY)");
    put(shop);
    try (ForkedProgram broker = startReading(shop)) {
      int added = execute(shop, "add-table", "coming.orders");
      assertThat(added).as(run.err()).isZero();
      assertThat(run.out()).containsPattern("In force from binlog\\.\\d+:\\d+\\.");
      mysql.execute("INSERT INTO coming.orders VALUES (1)");
      assertThat(shop.awaitDelivered(1)).containsExactly(1);

      int removed = execute(shop, "remove-table", "coming.orders");
      assertThat(removed).as(run.err()).isZero();
      mysql.execute("INSERT INTO coming.orders VALUES (2)");
      shop.insert(3, 3);

      assertThat(shop.awaitDelivered(2)).containsExactly(1, 3);
      assertThat(broker.console()).doesNotContain("ERROR");
    }
  }

  @Test
  void anInvalidTextWrittenByHandIsRefusedAndDeliveryContinues() throws Exception {
    TestGroup shop = new TestGroup("breaking", mysql, kafka, folder);
    put(shop);
    String key = "/config/binlogbroker:breaking";
    String sound = etcd.gateway().get(key);
    try (ForkedProgram broker = startReading(shop)) {
      etcd.gateway().put(key, sound.replace("\"Sources\": [", "\"Sources\": [}"));

      broker.awaitConsole("is refused, the rules of revision", LIMIT);
      shop.insert(1, 1);

      assertThat(shop.awaitDelivered(1)).containsExactly(1);
      assertThat(broker.console()).contains("etcd " + key, "line 2, column ");
      assertThat(execute(shop, "add-table", "breaking.orders", "--force")).isEqualTo(3);
      etcd.gateway().put(key, sound + " // fixed");
      broker.awaitConsole("is accepted", LIMIT);
      assertThat(broker.isAlive()).isTrue();
    }
  }

  @Test
  void aFileWithBothPartsIsSplitAndAMissingPartIsRequired() throws Exception {
    TestGroup shop = new TestGroup("dividing", mysql, kafka, folder);
    String source =
        """
        {"MysqlConn": "%s:%s@tcp(127.0.0.1:%d)", "AllowPublicKeyRetrieval": true,
         "Sources": [{"Schema": "dividing", "Tables": [{"Table": "goods"}]}]}
        """
            .formatted(TestGroup.USER, TestGroup.PASSWORD, mysql.port());
    String both =
        "{\"BrokerConfig\": {\"KafkaAddr\": [\"k:1\"]}, // ours\n\"SourceConfig\": " + source + "}";
    etcd.gateway().delete("/config/binlogbroker");
    Path alone = Files.writeString(folder.resolve("source.json"), source);
    Path together = Files.writeString(folder.resolve("both.json"), both);

    int without = execute(shop, "put", alone.toString());
    int with = execute(shop, "put", together.toString());

    assertThat(without).isEqualTo(2);
    assertThat(run.err()).contains("There is no configuration at etcd /config/binlogbroker yet");
    assertThat(with).as(run.err()).isZero();
    assertThat(etcd.gateway().get("/config/binlogbroker"))
        .isEqualTo("{\"KafkaAddr\": [\"k:1\"]}\n");
    assertThat(etcd.gateway().get("/config/binlogbroker:dividing")).isEqualTo(source);
  }

  @Test
  void aFileWithEtcdForPositionAndElectionIsServed() throws Exception {
    TestGroup shop = new TestGroup("filed", mysql, kafka, folder);
    String[] args = shop.args("-etcd", etcd.address());
    try (ForkedProgram broker = ForkedProgram.start(folder, args)) {
      broker.awaitConsole("Reading from", LIMIT);
      shop.insert(1, 1);

      assertThat(shop.awaitDelivered(1)).containsExactly(1);
      assertThat(run.execute(shop.args("role", "-etcd", etcd.address()))).as(run.err()).isZero();
      assertThat(run.out()).containsPattern("master .* since");
      broker.terminate();
      assertThat(broker.exitCode(LIMIT)).isZero();
    }
    assertThat(etcd.gateway().get("/position/binlogbroker/filed")).contains("\"file\"");
    assertThat(folder.resolve("state")).doesNotExist();
  }

  @Test
  void twoBrokersOfAHostShareAConfigurationWithDifferentListeners() throws Exception {
    TestGroup shop = new TestGroup("sharing", mysql, kafka, folder);
    try (ReservedPort port = ReservedPort.next()) {
      put(shop, "127.0.0.1:" + port.number());
      try (ForkedProgram master = startReading(shop);
          ForkedProgram refused = start(shop)) {
        assertThat(refused.exitCode(LIMIT)).isEqualTo(3);
        assertThat(refused.console()).contains("Cannot listen on", "--listen");

        try (ForkedProgram slave = start(shop, "--listen", "127.0.0.1:0")) {
          slave.awaitConsole("Slave: ", LIMIT);
          assertThat(master.isAlive()).isTrue();
        }
      }
    }
  }

  private void put(TestGroup shop) throws IOException {
    put(shop, "127.0.0.1:0");
  }

  private void put(TestGroup shop, String listen) throws IOException {
    Path broker =
        Files.writeString(
            folder.resolve("broker.json"),
            """
            {"KafkaAddr": ["%s"], "LogDir": "%2$s/log", "StateDir": "%2$s/state",
             "RPCListen": "%3$s"}
            """
                .formatted(kafka.bootstrapServers(), folder, listen));
    Path source =
        Files.writeString(
            folder.resolve("source.json"),
            """
            {"MysqlConn": "%s:%s@tcp(127.0.0.1:%d)", "AllowPublicKeyRetrieval": true,
             "Sources": [{"Schema": "%s", "Tables": [
               {"Table": "goods", "Key": "id"}]}]}
            """
                .formatted(TestGroup.USER, TestGroup.PASSWORD, mysql.port(), shop.group()));
    int code = execute(shop, "put", "--yes", "--broker", broker.toString(), source.toString());
    assertThat(code).as(run.err()).isZero();
    assertThat(run.out()).contains("topic " + shop.group() + ", key id", "at the next start");
  }

  private ForkedProgram startReading(TestGroup shop) throws InterruptedException {
    ForkedProgram broker = start(shop);
    broker.awaitConsole("Reading from", LIMIT);
    return broker;
  }

  private ForkedProgram start(TestGroup shop, String... more) {
    List<String> args = new ArrayList<>(List.of("-g", shop.group(), "-etcd", etcd.address()));
    args.addAll(List.of(more));
    return ForkedProgram.start(folder, args.toArray(String[]::new));
  }

  private int execute(TestGroup shop, String... command) {
    List<String> args = new ArrayList<>(List.of("config"));
    args.addAll(List.of(command));
    args.addAll(List.of("-g", shop.group(), "-etcd", etcd.address()));
    return run.execute(args.toArray(String[]::new));
  }
}
