package io.binlogbroker.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.Pause;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import java.nio.file.Path;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The broker is killed repeatedly under load; consumers see no gap and no duplicate. */
@Timeout(600)
class KillIT {
  private static final Pattern WITHIN_TRANSACTION =
      Pattern.compile(Pattern.quote(BrokerProcess.READING) + ".*\\(\\+\\d+ rows events");

  @TempDir Path folder;

  @Test
  void twentyKillsLoseAndDuplicateNothing() {
    try (Shop shop = Shop.open(rotating(), new KafkaServer())) {
      assertThat(kill(shop, 20)).as("restarts within a transaction").isPositive();
    }
  }

  @Test
  void killsWithinCompressedTransactionsWithGtidsLoseAndDuplicateNothing() {
    MysqlServer mysql =
        rotating()
            .with("gtid_mode", "ON")
            .with("enforce_gtid_consistency", "ON")
            .with("binlog_transaction_compression", "ON");
    try (Shop shop = Shop.open(mysql, new KafkaServer())) {
      kill(shop, 6);
    }
  }

  /** Small files, so that some kills happen at the end of a file. */
  private static MysqlServer rotating() {
    return MysqlServer.mysql8033().with("max_binlog_size", "1048576");
  }

  private long kill(Shop shop, int kills) {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("KillIT: -Dseed=" + seed);
    Random random = new Random(seed);
    long began = System.nanoTime();
    try (BrokerProcess broker =
            shop.broker(folder, shop.mysql().port(), Shop.CUTTING).start().awaitReading();
        ShopLoad load = new ShopLoad(shop, new Random(seed)).start()) {
      for (int kill = 0; kill < kills; kill++) {
        letWork(broker, random);
        if (kill % 3 == 0) {
          awaitLargeTransaction(broker, load, random);
        }
        broker.kill();
        broker.start();
      }
      load.stop();
      String figures = ShopReplay.verify(shop);

      assertThat(broker.stop()).isZero();
      long within = WITHIN_TRANSACTION.matcher(broker.allConsoles()).results().count();
      System.out.printf(
          "KillIT: %s, %d kills, %d of them within a transaction, %d s%n",
          figures, kills, within, (System.nanoTime() - began) / 1_000_000_000);
      return within;
    }
  }

  /** So that the kill happens during its delivery, which takes tens of commits. */
  private static void awaitLargeTransaction(BrokerProcess broker, ShopLoad load, Random random) {
    broker.awaitReading();
    load.writeLarge();
    Pause.of(random.nextInt(100));
  }

  /** Every fourth time it may be killed before it starts to read. */
  private static void letWork(BrokerProcess broker, Random random) {
    if (random.nextInt(4) > 0) {
      broker.awaitReading();
    }
    Pause.of(500 + random.nextInt(2_500));
  }
}
