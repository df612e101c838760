package io.binlogbroker.broker.kafka;

import static io.binlogbroker.engine.model.Positions.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.testkit.KafkaServer;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sink on a real Kafka; each test uses a group and a topic of its own. */
@ExtendWith(LiveServers.Provider.class)
@Timeout(180)
class KafkaChangeSinkIT {
  private static final String CONSUMERS =
      "kafka.consumer:type=consumer-fetch-manager-metrics,client-id=*";
  private static final int FETCHES_OF_A_WAITING_CONSUMER = 50;

  private static KafkaServer kafka;

  private final KafkaGroup group = new KafkaGroup(kafka);
  private final String topic = group.topic();
  private final KafkaReader reader = new KafkaReader(kafka.bootstrapServers());

  @BeforeAll
  static void use(LiveServers servers) {
    kafka = servers.kafka();
  }

  @Test
  void rowsAreVisibleOnlyTogetherWithTheirPosition() {
    try (ChangeSink sink = group.sink()) {
      assertThat(sink.open()).isNull();
      sink.send(group.message("tea"));
      sink.send(group.message("salt"));
      assertThat(reader.committed(topic)).isEmpty();

      sink.commit(at(200));

      assertThat(reader.committed(topic)).containsExactly("tea", "salt");
      assertThat(sink.committed()).isEqualTo(at(200));
    }
  }

  @Test
  void theNextSinkContinuesFromTheCommittedPosition() {
    try (ChangeSink sink = group.sink()) {
      sink.open();
      sink.commit(at(200));
      sink.commit(at(300));
      sink.send(group.message("never committed"));
    }

    try (ChangeSink next = group.sink()) {
      assertThat(next.open()).isEqualTo(at(300));
      assertThat(next.committed()).isEqualTo(at(300));
    }
    assertThat(reader.committed(topic)).isEmpty();
  }

  @Test
  void statesAreCommittedWithThePosition() {
    try (ChangeSink sink = group.sink()) {
      sink.open();
      sink.store("snapshot d.t", "older".getBytes(UTF_8));
      sink.store("snapshot d.t", "newer".getBytes(UTF_8));
      sink.commit(at(200));
      sink.store("snapshot d.t", "never committed".getBytes(UTF_8));
      sink.store("snapshot d.u", "never committed".getBytes(UTF_8));
    }

    try (ChangeSink next = group.sink()) {
      assertThat(next.open()).isEqualTo(at(200));
      assertThat(next.stored()).containsOnlyKeys("snapshot d.t");
      assertThat(next.stored().get("snapshot d.t")).asString(UTF_8).isEqualTo("newer");
    }
  }

  @Test
  void aSecondSinkOfTheGroupFencesTheFirst() {
    try (ChangeSink first = group.sink();
        ChangeSink second = group.sink()) {
      first.open();
      first.send(group.message("of the first"));

      second.open();

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> first.commit(at(200)))
          .withMessageContaining("Another process of the group has taken over")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.FENCED))
          .satisfies(e -> assertThat(e.isRetriable()).isFalse());
      second.send(group.message("of the second"));
      second.commit(at(300));
      assertThat(reader.committed(topic)).containsExactly("of the second");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anOpenTransactionOfADeadPredecessorIsAbortedAtOnce(int turn) throws Exception {
    KafkaProducer<byte[], byte[]> dead = group.producer(turn);
    dead.initTransactions();
    dead.beginTransaction();
    dead.send(Producers.message(topic, "of the dead")).get();
    dead.close(Duration.ZERO);

    try (ChangeSink next = group.sink()) {
      next.open();
      next.send(group.message("of the living"));
      next.commit(at(200));
    }

    assertThat(reader.committed(topic)).containsExactly("of the living");
    assertThat(reader.all(topic)).contains("of the dead");
  }

  @Test
  void manyTransactionsInARowArriveInOrder() {
    List<String> sent = new ArrayList<>();
    try (ChangeSink sink = group.sink()) {
      sink.open();
      for (int i = 1; i <= 200; i++) {
        sent.add("change " + i);
        sink.send(group.message("change " + i));
        sink.commit(at(100 + i));
      }
    }

    assertThat(reader.committed(topic)).containsExactlyElementsOf(sent);
    try (ChangeSink next = group.sink()) {
      assertThat(next.open()).isEqualTo(at(300));
    }
  }

  /** A starting sink reads the position after fencing both producers. */
  @Test
  void aSinkWithOneFencedProducerStopsAtThatProducer() {
    try (ChangeSink sink = group.sink();
        KafkaProducer<byte[], byte[]> starting = group.producer(0)) {
      sink.open();
      sink.send(group.message("of the first producer"));
      sink.commit(at(200));
      starting.initTransactions();

      sink.send(group.message("of the second"));
      sink.commit(at(300));
      sink.send(group.message("of the first again"));

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> sink.commit(at(400)))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.FENCED));
    }
    assertThat(reader.committed(topic)).containsExactly("of the first producer", "of the second");
  }

  /** Two sinks that start at the same time may fence one producer of each other. */
  @Test
  void aSinkWithoutItsFirstProducerDeliversNothing() {
    try (ChangeSink sink = group.sink();
        KafkaProducer<byte[], byte[]> other = group.producer(0)) {
      sink.open();
      other.initTransactions();
      sink.send(group.message("tea"));

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> sink.commit(at(200)))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.FENCED));
    }
    assertThat(reader.committed(topic)).isEmpty();
  }

  @Test
  void anotherGroupsOpenTransactionDoesNotHideTheLastPosition() {
    try (KafkaProducer<byte[], byte[]> other = group.otherGroup();
        ChangeSink sink = group.sink()) {
      sink.open();
      other.initTransactions();
      other.beginTransaction();
      other.send(Producers.record(KafkaSettings.POSITIONS_TOPIC, "other", "{}"));
      other.flush();
      sink.commit(at(200));
      CompletableFuture<Void> ending = CompletableFuture.runAsync(() -> abortOnceAwaited(other));

      try (ChangeSink next = group.sink()) {
        assertThat(next.open()).isEqualTo(at(200));
      }
      ending.join();
    }
  }

  /** A broker of another group that was killed leaves its transaction open for up to a minute. */
  @Test
  void aCommandWaitsForAnotherGroupsOpenTransactionAsWell() {
    try (KafkaProducer<byte[], byte[]> other = group.otherGroup();
        ChangeSink sink = group.sink()) {
      sink.open();
      other.initTransactions();
      other.beginTransaction();
      other.send(Producers.record(KafkaSettings.POSITIONS_TOPIC, "other", "{}"));
      other.flush();
      sink.commit(at(200));
      Executor later = CompletableFuture.delayedExecutor(11, TimeUnit.SECONDS);
      CompletableFuture<Void> ending = CompletableFuture.runAsync(other::abortTransaction, later);

      assertThat(new KafkaPositions(group.settings(Map.of())).last()).isEqualTo(at(200));
      ending.join();
    }
  }

  @Test
  void afterAFailureTheSinkRefusesToContinue() {
    try (ChangeSink sink = group.sink();
        ChangeSink other = group.sink()) {
      sink.open();
      sink.send(group.message("tea"));
      other.open();
      DeliveryException failure =
          catchThrowableOfType(DeliveryException.class, () -> sink.commit(at(200)));

      assertThatThrownBy(() -> sink.send(group.message("tea"))).isSameAs(failure);
    }
  }

  @Test
  void anInterruptIsARetriableFailureAndStaysSet() {
    try (ChangeSink sink = group.sink()) {
      sink.open();
      sink.send(group.message("tea"));
      Thread.currentThread().interrupt();

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> sink.commit(at(200)))
          .satisfies(e -> assertThat(e.isRetriable()).isTrue());

      sink.close();
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void atLeastOnceCommitsAfterTheAcknowledgements() {
    try (ChangeSink sink = new KafkaChangeSink(group.atLeastOnce(), Clock.systemUTC())) {
      sink.open();
      sink.send(group.message("tea"));
      sink.commit(at(200));

      sink.flush();

      assertThat(sink.committed()).isEqualTo(at(200));
      assertThat(reader.committed(topic)).containsExactly("tea");
    }
    try (ChangeSink next = new KafkaChangeSink(group.atLeastOnce(), Clock.systemUTC())) {
      assertThat(next.open()).isEqualTo(at(200));
    }
  }

  @Test
  void checkSucceedsWithoutFencingTheBroker() {
    try (ChangeSink working = group.sink()) {
      working.open();

      assertThat(new KafkaCheck(group.settings(Map.of())).run(List.of(topic), null))
          .hasSize(5)
          .allMatch(result -> result.ok());

      working.commit(at(200));
    }
  }

  /** Aborts the transaction once a consumer has fetched so often that it must be waiting for it. */
  private static void abortOnceAwaited(KafkaProducer<byte[], byte[]> other) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (fetches() < FETCHES_OF_A_WAITING_CONSUMER) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    other.abortTransaction();
  }

  /** The completed fetches of the open consumers, by Kafka's own metric. */
  private static double fetches() {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    double fetches = 0;
    try {
      for (ObjectName consumer : beans.queryNames(new ObjectName(CONSUMERS), null)) {
        fetches += (double) beans.getAttribute(consumer, "fetch-total");
      }
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
    return fetches;
  }
}
