package io.binlogbroker.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.cli.terminal.ExitCode;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The end of a broker by a signal, by another broker, or by a fatal failure. */
@Timeout(300)
class BrokerEndIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir private static Path folder;

  private static Shop shop;
  private static BrokerProcess broker;
  private static int rivals;

  @BeforeAll
  static void open() {
    shop = Shop.open(MysqlServer.mysql8033(), new KafkaServer());
    broker = shop.broker(folder.resolve("first"));
  }

  @AfterAll
  static void close() {
    broker.close();
    shop.close();
  }

  @BeforeEach
  void start() {
    broker.start().awaitReading();
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  @Test
  void aStopUnderLoadSavesThePositionAndExitsInTime() throws IOException {
    Duration took;
    try (ShopLoad load = new ShopLoad(shop, new Random(1)).start()) {
      broker.awaitProgress();
      long asked = System.nanoTime();
      assertThat(broker.stop()).isZero();
      took = Duration.ofNanos(System.nanoTime() - asked);
      load.stop();
    }
    String saved = withoutTime(Files.readString(broker.positionFile()));
    broker.start().awaitReading();
    String figures = ShopReplay.verify(shop);

    assertThat(took).isLessThan(Duration.ofSeconds(5));
    assertThat(PositionsReader.all(shop.kafka(), Shop.GROUP))
        .extracting(BrokerEndIT::withoutTime)
        .contains(saved);
    System.out.printf("BrokerEndIT: %s, stopped in %d ms%n", figures, took.toMillis());
  }

  private static String withoutTime(String position) {
    return position.strip().replaceFirst(",\"saved_at\".*", "");
  }

  @Test
  void aSecondProcessWithTheSameStateDirWaitsAndTakesOver() {
    try (BrokerProcess second = shop.broker(folder.resolve("first")).start()) {
      second.awaitConsole("Slave: process", LIMIT);
      assertThat(broker.isRunning()).isTrue();
      assertThat(second.console()).doesNotContain(BrokerProcess.READING);

      broker.stop();
      second.awaitReading();
      System.out.println("BrokerEndIT: " + ShopReplay.verify(shop) + ", a second process");
      assertThat(second.stop()).isZero();
    }
  }

  /** Normally the newer one fences the older; Kafka may fail in between, so that it is reversed. */
  @Test
  void ofTwoHostsOneStopsAndTheOtherDelivers() throws IOException {
    BrokerProcess other = shop.broker(folder.resolve("rival-" + rivals++));
    try (other;
        ShopLoad load = new ShopLoad(shop, new Random(2)).start()) {
      broker.awaitProgress();
      Files.createDirectories(other.stateDir());
      Files.copy(broker.positionFile(), other.positionFile());
      other.start();
      BrokerPair.await("an end", LIMIT, () -> !(broker.isRunning() && other.isRunning()));
      BrokerProcess fenced = broker.isRunning() ? other : broker;
      BrokerProcess winner = broker.isRunning() ? broker : other;

      assertThat(fenced.awaitEnd(LIMIT)).isEqualTo(ExitCode.FENCED.number());
      assertThat(fenced.console()).doesNotContain("\tat ");
      assertThat(fenced.lastLine()).containsIgnoringCase("another");
      winner.awaitReading();
      load.stop();
      System.out.println(
          "BrokerEndIT: " + ShopReplay.verify(shop) + ", after: " + fenced.lastLine());
      assertThat(winner.stop()).isZero();
    }
  }

  @Test
  void aRowTooLargeForItsTopicEndsTheBrokerUntilTheTopicAcceptsIt() throws Exception {
    broker.awaitProgress(() -> shop.write("plain"));
    limitMytopic(20_000);
    broker.close();
    broker.start().awaitReading();
    int size = writeLargePackage();
    int exitCode = broker.awaitEnd(LIMIT);
    limitMytopic(10_000_000);

    assertThat(exitCode).isEqualTo(ExitCode.UNDELIVERABLE.number());
    assertThat(broker.console()).doesNotContain("\tat ");
    String error = broker.lastLine();
    assertThat(error)
        .contains("ERROR", "mall_db.package")
        .containsPattern("binlog\\.\\d+:\\d+")
        .containsPattern(size / 1000 + "\\d{3} bytes")
        .contains("20000")
        .contains("raise max.message.bytes");

    broker.start().awaitReading();
    System.out.printf("BrokerEndIT: %s, after: %s%n", ShopReplay.verify(shop), error);
  }

  /** In the middle of a transaction with other rows, which must not be reported. */
  private static int writeLargePackage() {
    long id = shop.freeId();
    Random random = new Random(id);
    StringBuilder note = new StringBuilder();
    while (note.length() < 300_000) {
      note.append(Long.toHexString(random.nextLong()));
    }
    StringBuilder goods = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      String row = ShopTable.GOODS.row(id + i, random);
      goods.append("INSERT INTO mall_db.goods VALUES ").append(row).append(';');
    }
    shop.mysql()
        .execute(
            "START TRANSACTION;" + goods,
            "INSERT INTO mall_db.package VALUES (" + id + ", 1, 1, '" + note + "')",
            goods.toString().replaceAll("\\((\\d+),", "(-$1,"),
            "INSERT INTO mall_db.audit (changes) VALUES (1001)",
            "COMMIT");
    return note.length();
  }

  private static void limitMytopic(int bytes) throws InterruptedException, ExecutionException {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "mytopic");
    ConfigEntry limit =
        new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
    Map<String, Object> properties = Map.of("bootstrap.servers", shop.kafka().bootstrapServers());
    try (Admin admin = Admin.create(properties)) {
      admin
          .incrementalAlterConfigs(
              Map.of(topic, List.of(new AlterConfigOp(limit, AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }
}
