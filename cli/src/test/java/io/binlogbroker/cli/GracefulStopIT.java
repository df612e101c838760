package io.binlogbroker.cli;

import static java.util.stream.IntStream.rangeClosed;
import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.testkit.KafkaServer;
import io.binlogbroker.testkit.MysqlServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class GracefulStopIT {
  private static final Duration COMMIT = Duration.ofSeconds(30);
  private static final Duration STOP = Duration.ofSeconds(5);

  @TempDir Path folder;

  @Test
  void sigtermUnderLoadExitsWithZeroInTimeWithoutLossOrDuplicates() throws Exception {
    try (MysqlServer mysql = MysqlServer.mysql8033().start();
        KafkaServer kafka = new KafkaServer().start()) {
      mysql.createReplicationUser(TestGroup.USER, TestGroup.PASSWORD);
      TestGroup shop = new TestGroup("loaded", mysql, kafka, folder);
      AtomicBoolean writing = new AtomicBoolean(true);
      AtomicInteger written = new AtomicInteger();

      try (ForkedProgram broker = shop.startReading()) {
        CompletableFuture<Void> load =
            CompletableFuture.runAsync(() -> write(shop, writing, written));
        shop.awaitDelivered(200);
        broker.terminate();
        assertThat(broker.exitCode(STOP)).as(broker::console).isZero();
        assertThat(broker.console()).contains("Stopping", "Stopped").doesNotContain("ERROR");
        writing.set(false);
        load.join();
      }
      try (ForkedProgram broker = shop.startReading()) {
        assertThat(shop.awaitDelivered(written.get()))
            .containsExactlyInAnyOrderElementsOf(rangeClosed(1, written.get()).boxed().toList());
      }
    }
  }

  @Test
  void sigtermWhileKafkaIsDownExitsInTimeWithoutLoss() throws Exception {
    try (MysqlServer mysql = MysqlServer.mysql8033().start();
        KafkaServer kafka = new KafkaServer().start()) {
      mysql.createReplicationUser(TestGroup.USER, TestGroup.PASSWORD);
      TestGroup shop = new TestGroup("outage", mysql, kafka, folder);
      try (ForkedProgram broker = shop.startReading()) {
        shop.insert(1, 3);
        assertThat(shop.awaitDelivered(3)).hasSize(3);
        kafka.kill();
        shop.insert(4, 6);
        broker.awaitFrame("KafkaProducer[.](waitOnMetadata|commitTransaction)", COMMIT);

        broker.terminate();

        assertThat(broker.exitCode(STOP)).as(broker::console).isZero();
      }
      kafka.start();
      try (ForkedProgram broker = shop.startReading()) {
        assertThat(shop.awaitDelivered(6)).containsExactly(1, 2, 3, 4, 5, 6);
      }
    }
  }

  private static void write(TestGroup shop, AtomicBoolean writing, AtomicInteger written) {
    while (writing.get()) {
      int first = written.get() + 1;
      shop.insert(first, first + 49);
      written.addAndGet(50);
    }
  }
}
