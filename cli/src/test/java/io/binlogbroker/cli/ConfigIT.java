package io.binlogbroker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import io.binlogbroker.testkit.MysqlVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands that change the configuration of a running broker. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class ConfigIT {
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
  void aTableIsAddedToARunningBrokerAndRemoved() throws Exception {
    TestGroup shop = new TestGroup("adding", mysql, kafka, folder);
    mysql.execute("CREATE TABLE adding.orders (id INT PRIMARY KEY, user_id INT)");
    try (ForkedProgram broker = shop.startReading()) {
      int added = execute(shop, "add-table", "adding.orders", "--key", "user_id");
      assertThat(added).as(run.err()).isZero();
      assertThat(run.out())
          .contains("adding.orders -> topic adding, key user_id")
          .contains("existing rows: about 0 (estimate of information_schema)")
          .containsPattern("In force from binlog\\.\\d+:\\d+\\.");
      mysql.execute("INSERT INTO adding.orders VALUES (1, 7)");
      assertThat(shop.awaitDelivered(1)).containsExactly(1);

      int removed = execute(shop, "remove-table", "adding.orders");
      assertThat(removed).as(run.err()).isZero();
      mysql.execute("INSERT INTO adding.orders VALUES (2, 7)");
      shop.insert(3, 3);

      assertThat(shop.awaitDelivered(2)).containsExactly(1, 3);
      assertThat(broker.console())
          .contains("Delivering adding.orders", "No longer delivering adding.orders")
          .doesNotContain("ERROR");
    }
  }

  @Test
  void aMissingTableOrColumnIsNotAdded() throws Exception {
    TestGroup shop = new TestGroup("missing", mysql, kafka, folder);
    String before = config(shop);

    int table = execute(shop, "add-table", "missing.godos");
    int column = execute(shop, "add-table", "missing.goods_log", "--key", "nosuch");
    mysql.execute("CREATE TABLE missing.goods_log (id INT PRIMARY KEY)");
    int key = execute(shop, "add-table", "missing.goods_log", "--key", "nosuch");

    assertThat(table).isEqualTo(3);
    assertThat(column).isEqualTo(3);
    assertThat(key).isEqualTo(3);
    assertThat(run.err())
        .contains("Not written: table missing.godos does not exist", "--force", "[nosuch]");
    assertThat(Files.readString(file())).isEqualTo(before);
  }

  @Test
  void aRefusalOfTheMasterIsReported() throws Exception {
    TestGroup shop = new TestGroup("refusing", mysql, kafka, folder);
    try (ForkedProgram broker = shop.startReading()) {
      mysql.execute("CREATE TABLE refusing.goods_log (id INT PRIMARY KEY)");

      int code = execute(shop, "add-table", "refusing.goods_log", "--key", "nosuch", "--force");

      assertThat(code).isEqualTo(3);
      assertThat(run.err()).contains("the master refuses it", "[nosuch]");
      shop.insert(1, 1);
      assertThat(shop.awaitDelivered(1)).containsExactly(1);
      assertThat(broker.isAlive()).isTrue();
    }
  }

  @Test
  void validateChecksAConfigurationAgainstItsServer() throws Exception {
    TestGroup shop = new TestGroup("validated", mysql, kafka, folder);
    config(shop);

    int code = execute(shop, "validate");

    assertThat(code).as(run.err()).isZero();
    assertThat(run.out()).contains("1 existing tables are delivered");
  }

  /** The shop's arguments, with the current file. */
  private int execute(TestGroup shop, String... command) {
    List<String> args = new ArrayList<>(List.of("config"));
    args.addAll(List.of(command));
    args.addAll(List.of("-g", shop.group(), "-c", file().toString()));
    return run.execute(args.toArray(String[]::new));
  }

  private String config(TestGroup shop) throws IOException {
    shop.args();
    return Files.readString(file());
  }

  private Path file() {
    return folder.resolve("conf.json");
  }
}
