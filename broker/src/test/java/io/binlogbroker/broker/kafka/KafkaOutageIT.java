package io.binlogbroker.broker.kafka;

import static io.binlogbroker.engine.model.Positions.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.binlogbroker.broker.config.Delivery;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.engine.relay.Message;
import io.binlogbroker.testkit.KafkaServer;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sink during outages of Kafka. */
@Timeout(300)
class KafkaOutageIT {
  private static final int KILLS = 3;
  private static final KafkaServer KAFKA =
      new KafkaServer().with("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500");

  private static final Map<String, String> SHORT_TIMEOUTS =
      Map.of(
          "request.timeout.ms", "3000",
          "delivery.timeout.ms", "4000",
          "max.block.ms", "10000");

  private final KafkaReader reader = new KafkaReader(KAFKA.bootstrapServers());

  @BeforeAll
  static void startKafka() {
    KAFKA.start();
  }

  @AfterAll
  static void stopKafka() {
    KAFKA.close();
  }

  /** The next sink's position shows whether the interrupted commit succeeded. */
  @ParameterizedTest
  @EnumSource
  void nothingIsLostWhenKafkaIsKilledAndRestarted(Delivery delivery) {
    String topic = "numbers_" + delivery;
    for (int kill = 0; kill < KILLS; kill++) {
      assertThat(countUntilKilled(delivery, topic, 700 + 300 * kill).isRetriable()).isTrue();
      KAFKA.start();
    }
    int last = countUpTo(delivery, topic, 100);

    List<String> seen = reader.committed(topic);

    assertThat(new HashSet<>(seen)).isEqualTo(new HashSet<>(numbers(last)));
    if (delivery == Delivery.EXACTLY_ONCE) {
      assertThat(seen).isEqualTo(numbers(last));
    }
  }

  @Test
  void anUnreachableKafkaIsReportedWithItsAddress() {
    KafkaSettings nowhere =
        new KafkaSettings(
            "nowhere",
            List.of("127.0.0.1:1"),
            Delivery.EXACTLY_ONCE,
            KafkaSettings.POSITIONS_TOPIC,
            new TopicSettings(1, 1),
            Map.of());

    assertThat(new KafkaCheck(nowhere).run(List.of("goods"), null))
        .singleElement()
        .satisfies(result -> assertThat(result.ok()).isFalse())
        .satisfies(result -> assertThat(result.detail()).contains("127.0.0.1:1"));
  }

  @Test
  void aTransactionTimeoutIsNotReportedAsAnotherProcess() throws Exception {
    Map<String, String> shortLived = Map.of("transaction.timeout.ms", "1000");
    try (ChangeSink sink = sink(Delivery.EXACTLY_ONCE, "slow", shortLived)) {
      sink.open();
      sink.send(message("slow", 1));
      awaitAbort("slow");

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> sink.commit(at(5)))
          .satisfies(e -> assertThat(e.isRetriable()).isTrue())
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.UNREACHABLE));
    }
    assertThat(reader.committed("slow")).isEmpty();
  }

  /** Waits until Kafka has aborted the group's open transaction because of its timeout. */
  private static void awaitAbort(String group) throws InterruptedException {
    KafkaSettings settings = settings(Delivery.EXACTLY_ONCE, group, Map.of());
    String id = settings.transactionalIds().get(0);
    try (KafkaAdmin admin =
        KafkaAdmin.of(
            new KafkaProperties(settings), new KafkaFailures(settings), Duration.ofSeconds(10))) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (Objects.requireNonNull(admin.transaction(id)).state()
          != TransactionState.COMPLETE_ABORT) {
        assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  /** Sends numbers from the committed one on until Kafka is killed. */
  private DeliveryException countUntilKilled(Delivery delivery, String topic, long afterMillis) {
    try (ChangeSink sink = sink(delivery, topic, SHORT_TIMEOUTS)) {
      int number = next(sink.open());
      CompletableFuture<Void> killed =
          CompletableFuture.runAsync(
              KAFKA::kill, CompletableFuture.delayedExecutor(afterMillis, TimeUnit.MILLISECONDS));
      try {
        while (true) {
          sendTen(sink, topic, number);
          number += 10;
        }
      } catch (DeliveryException e) {
        killed.join();
        return e;
      }
    }
  }

  private int countUpTo(Delivery delivery, String topic, int more) {
    try (ChangeSink sink = sink(delivery, topic, SHORT_TIMEOUTS)) {
      int number = next(sink.open());
      int end = number + more;
      for (; number < end; number += 10) {
        sendTen(sink, topic, number);
      }
      sink.flush();
      return number - 1;
    }
  }

  /** At the rate of a busy source, to limit the numbers. */
  private static void sendTen(ChangeSink sink, String topic, int first) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    for (int number = first; number < first + 10; number++) {
      sink.send(message(topic, number));
    }
    sink.commit(at(first + 9));
  }

  private static int next(Position committed) {
    return committed == null ? 1 : (int) committed.offset() + 1;
  }

  private static List<String> numbers(int last) {
    return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
  }

  private static Message message(String topic, int number) {
    return Message.of(
        topic, "same".getBytes(UTF_8), Integer.toString(number).getBytes(UTF_8), null);
  }

  private static ChangeSink sink(Delivery delivery, String group, Map<String, String> properties) {
    return new KafkaChangeSink(settings(delivery, group, properties), Clock.systemUTC());
  }

  private static KafkaSettings settings(
      Delivery delivery, String group, Map<String, String> properties) {
    return new KafkaSettings(
        group,
        List.of(KAFKA.bootstrapServers()),
        delivery,
        KafkaSettings.POSITIONS_TOPIC,
        new TopicSettings(1, 1),
        properties);
  }
}
