package io.binlogbroker.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.broker.fixture.Pause;
import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Outages of Kafka under load, which the broker must survive. */
@Timeout(600)
class SinkOutageIT {
  private static final String IMPATIENT =
      """
      "Kafka": {"request.timeout.ms": "3000", "delivery.timeout.ms": "4000",
                "max.block.ms": "5000"},
      """;

  @TempDir Path folder;

  @Test
  void survivesKillsAndStopsOfKafkaUnderLoad() {
    long began = System.nanoTime();
    KafkaServer kafka =
        new KafkaServer()
            .with("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");
    try (Shop shop = Shop.open(MysqlServer.mysql8033(), kafka);
        BrokerProcess broker = shop.broker(folder, shop.mysql().port(), Shop.CUTTING + IMPATIENT);
        ShopLoad load = new ShopLoad(shop, new Random(began))) {
      broker.start().awaitReading();
      load.start();
      outage(broker, kafka, kafka::kill, 500);
      outage(broker, kafka, kafka::stop, 6_000);
      outage(broker, kafka, kafka::kill, 8_000);
      stopWithoutKafka(broker, kafka);
      load.stop();
      String figures = ShopReplay.verify(shop);

      assertThat(broker.starts()).isEqualTo(2);
      assertThat(broker.stop()).isZero();
      System.out.printf(
          "SinkOutageIT: %s, 4 outages, %d s%n",
          figures, Duration.ofNanos(System.nanoTime() - began).toSeconds());
    }
  }

  private static void outage(
      BrokerProcess broker, KafkaServer kafka, Runnable end, long pauseMillis) {
    broker.awaitProgress();
    end.run();
    Pause.of(pauseMillis);
    kafka.start();
    broker.awaitProgress();
    assertThat(broker.isRunning()).isTrue();
  }

  /** A stop does not wait for an unreachable Kafka: uncommitted changes are delivered later. */
  private static void stopWithoutKafka(BrokerProcess broker, KafkaServer kafka) {
    kafka.kill();
    long asked = System.nanoTime();
    int exitCode = broker.stop();

    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(6));
    assertThat(exitCode).isZero();
    kafka.start();
    broker.start();
  }
}
