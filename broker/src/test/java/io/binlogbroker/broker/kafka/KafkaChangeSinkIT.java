package io.binlogbroker.broker.kafka;

import static io.binlogbroker.engine.model.Positions.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.binlogbroker.broker.config.Delivery;
import io.binlogbroker.broker.fixture.LiveServers;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.engine.relay.Message;
import io.binlogbroker.testkit.KafkaServer;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
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
  private static final AtomicInteger TESTS = new AtomicInteger();

  private static KafkaServer kafka;

  private final String group = "group" + TESTS.incrementAndGet();
  private final String topic = "mall_" + group;
  private final KafkaReader reader = new KafkaReader(kafka.bootstrapServers());

  @BeforeAll
  static void use(LiveServers servers) {
    kafka = servers.kafka();
  }

  @Test
  void rowsAreVisibleOnlyTogetherWithTheirPosition() {
    try (ChangeSink sink = sink()) {
      assertThat(sink.open()).isNull();
      sink.send(message("tea"));
      sink.send(message("salt"));
      assertThat(reader.committed(topic)).isEmpty();

      sink.commit(at(200));

      assertThat(reader.committed(topic)).containsExactly("tea", "salt");
      assertThat(sink.committed()).isEqualTo(at(200));
    }
  }

  @Test
  void theNextSinkContinuesFromTheCommittedPosition() {
    try (ChangeSink sink = sink()) {
      sink.open();
      sink.commit(at(200));
      sink.commit(at(300));
      sink.send(message("never committed"));
    }

    try (ChangeSink next = sink()) {
      assertThat(next.open()).isEqualTo(at(300));
      assertThat(next.committed()).isEqualTo(at(300));
    }
    assertThat(reader.committed(topic)).isEmpty();
  }

  @Test
  void aSecondSinkOfTheGroupFencesTheFirst() {
    try (ChangeSink first = sink();
        ChangeSink second = sink()) {
      first.open();
      first.send(message("of the first"));

      second.open();

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> first.commit(at(200)))
          .withMessageContaining("Another process of the group has taken over")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.FENCED))
          .satisfies(e -> assertThat(e.isRetriable()).isFalse());
      second.send(message("of the second"));
      second.commit(at(300));
      assertThat(reader.committed(topic)).containsExactly("of the second");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void anOpenTransactionOfADeadPredecessorIsAbortedAtOnce(int turn) throws Exception {
    KafkaProducer<byte[], byte[]> dead = producer(turn);
    dead.initTransactions();
    dead.beginTransaction();
    dead.send(Producers.message(topic, "of the dead")).get();
    dead.close(Duration.ZERO);

    try (ChangeSink next = sink()) {
      next.open();
      next.send(message("of the living"));
      next.commit(at(200));
    }

    assertThat(reader.committed(topic)).containsExactly("of the living");
    assertThat(reader.all(topic)).contains("of the dead");
  }

  @Test
  void manyTransactionsInARowArriveInOrder() {
    List<String> sent = new ArrayList<>();
    try (ChangeSink sink = sink()) {
      sink.open();
      for (int i = 1; i <= 200; i++) {
        sent.add("change " + i);
        sink.send(message("change " + i));
        sink.commit(at(100 + i));
      }
    }

    assertThat(reader.committed(topic)).containsExactlyElementsOf(sent);
    try (ChangeSink next = sink()) {
      assertThat(next.open()).isEqualTo(at(300));
    }
  }

  /** A starting sink reads the position after fencing both producers. */
  @Test
  void aSinkWithOneFencedProducerStopsAtThatProducer() {
    try (ChangeSink sink = sink();
        KafkaProducer<byte[], byte[]> starting = producer(0)) {
      sink.open();
      sink.send(message("of the first producer"));
      sink.commit(at(200));
      starting.initTransactions();

      sink.send(message("of the second"));
      sink.commit(at(300));
      sink.send(message("of the first again"));

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> sink.commit(at(400)))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.FENCED));
    }
    assertThat(reader.committed(topic)).containsExactly("of the first producer", "of the second");
  }

  /** Two sinks that start at the same time may fence one producer of each other. */
  @Test
  void aSinkWithoutItsFirstProducerDeliversNothing() {
    try (ChangeSink sink = sink();
        KafkaProducer<byte[], byte[]> other = producer(0)) {
      sink.open();
      other.initTransactions();
      sink.send(message("tea"));

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> sink.commit(at(200)))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.FENCED));
    }
    assertThat(reader.committed(topic)).isEmpty();
  }

  @Test
  void anotherGroupsOpenTransactionDoesNotHideTheLastPosition() {
    try (KafkaProducer<byte[], byte[]> other = otherGroup();
        ChangeSink sink = sink()) {
      sink.open();
      other.initTransactions();
      other.beginTransaction();
      other.send(Producers.record(KafkaSettings.POSITIONS_TOPIC, "other", "{}"));
      other.flush();
      sink.commit(at(200));
      CompletableFuture<Void> ending = CompletableFuture.runAsync(() -> abortOnceAwaited(other));

      try (ChangeSink next = sink()) {
        assertThat(next.open()).isEqualTo(at(200));
      }
      ending.join();
    }
  }

  @Test
  void aTopicIsCreatedWithTheDeclaredPartitions() {
    try (ChangeSink sink = sink()) {
      sink.open();
      sink.send(message("tea"));
      sink.commit(at(200));
    }

    assertThat(reader.partitions(topic)).isEqualTo(3);
    assertThat(reader.partitions(KafkaSettings.POSITIONS_TOPIC)).isEqualTo(1);
  }

  @Test
  void announcedTopicsAreCreatedTogetherBeforeTheirFirstMessage() {
    reader.create(topic + "-b", 2, Map.of());
    try (ChangeSink sink = sink()) {
      sink.open();

      sink.announce(List.of(topic, topic + "-b", topic + "-c"));

      assertThat(reader.partitions(topic)).isEqualTo(3);
      assertThat(reader.partitions(topic + "-b")).isEqualTo(2);
      assertThat(reader.partitions(topic + "-c")).isEqualTo(3);
    }
  }

  @Test
  void anAnnouncedTopicThatCannotBeCreatedOnlyBlocksItsOwnMessages() {
    String impossible = "no topic's name";
    try (ChangeSink sink = sink()) {
      sink.open();

      sink.announce(List.of(impossible, topic));
      sink.send(message("tea"));
      sink.commit(at(200));

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> sink.send(Message.of(impossible, new byte[] {1}, new byte[] {2}, null)))
          .withMessageContaining(impossible);
    }
    assertThat(reader.committed(topic)).containsExactly("tea");
  }

  @Test
  void anExistingTopicKeepsItsPartitions() {
    reader.create(topic, 2, Map.of());

    try (ChangeSink sink = sink()) {
      sink.open();
      sink.send(message("tea"));
      sink.commit(at(200));
    }

    assertThat(reader.partitions(topic)).isEqualTo(2);
    assertThat(reader.committed(topic)).containsExactly("tea");
  }

  @Test
  void aMessageAboveTheProducersLimitIsRefusedBeforeItIsSent() {
    try (ChangeSink sink = sink(Map.of("max.request.size", "10000"))) {
      sink.open();

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(() -> sink.send(message("x".repeat(10_000))))
          .withMessageContaining(topic)
          .withMessageContaining("max.request.size")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.UNDELIVERABLE));
    }
  }

  @Test
  void aMessageAboveTheTopicsLimitIsUndeliverableAndItsTransactionInvisible() {
    reader.create(topic, 1, Map.of("max.message.bytes", "100000"));
    try (ChangeSink sink = sink()) {
      sink.open();
      sink.send(message("tea"));

      assertThatExceptionOfType(DeliveryException.class)
          .isThrownBy(
              () -> {
                sink.send(
                    Message.of(topic, "goods".getBytes(UTF_8), incompressible(200_000), null));
                sink.commit(at(200));
              })
          .withMessageContaining("200")
          .withMessageContaining(topic)
          .withMessageContaining("now 100000")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.UNDELIVERABLE));
    }
    assertThat(reader.committed(topic)).isEmpty();
  }

  @Test
  void aRowOfFortyMegabytesIsDeliveredIfTheTopicAllowsIt() {
    reader.create(topic, 1, Map.of("max.message.bytes", "50000000"));
    try (ChangeSink sink = sink()) {
      sink.open();

      sink.send(Message.of(topic, "goods".getBytes(UTF_8), incompressible(40_000_000), null));
      sink.commit(at(200));

      assertThat(sink.committed()).isEqualTo(at(200));
    }
  }

  @Test
  void afterAFailureTheSinkRefusesToContinue() {
    try (ChangeSink sink = sink();
        ChangeSink other = sink()) {
      sink.open();
      sink.send(message("tea"));
      other.open();
      DeliveryException failure =
          catchThrowableOfType(DeliveryException.class, () -> sink.commit(at(200)));

      assertThatThrownBy(() -> sink.send(message("tea"))).isSameAs(failure);
    }
  }

  @Test
  void theLimitAppliesToCompressedBatches() {
    reader.create(topic, 1, Map.of("max.message.bytes", "100000"));
    try (ChangeSink sink = sink()) {
      sink.open();
      sink.send(message("x".repeat(1_000_000)));
      sink.commit(at(200));
    }
    assertThat(reader.committed(topic)).hasSize(1);
  }

  @Test
  void theSizeOfABatchIsExact() {
    byte[] value = incompressible(150_000);
    ProducerRecord<byte[], byte[]> record =
        new MessageRecords(group).of(Message.of(topic, "goods".getBytes(UTF_8), value, null));
    long size = new BatchSize(new KafkaProperties(settings(Map.of())).producer()).of(record);
    reader.create(topic, 1, Map.of("max.message.bytes", String.valueOf(size)));
    reader.create(topic + "2", 1, Map.of("max.message.bytes", String.valueOf(size - 1)));
    try (ChangeSink sink = sink()) {
      sink.open();
      sink.send(Message.of(topic, "goods".getBytes(UTF_8), value, null));
      sink.commit(at(200));

      // Kafka reports the same size.
      Map<String, Object> plain = new HashMap<>(new KafkaProperties(atLeastOnce()).producer());
      try (Producer<byte[], byte[]> producer = new KafkaProducer<>(plain)) {
        assertThatThrownBy(
                () ->
                    producer
                        .send(
                            new MessageRecords(group)
                                .of(Message.of(topic + "2", "goods".getBytes(UTF_8), value, null)))
                        .get())
            .hasRootCauseInstanceOf(RecordTooLargeException.class);
      }
    }
  }

  @Test
  void aRefusedMessageDoesNotPreventTheCommitOfTheRest() {
    try (ChangeSink sink = sink(Map.of("max.request.size", "10000"))) {
      sink.open();
      sink.send(message("tea"));
      Message large = message("x".repeat(10_000));
      assertThatExceptionOfType(DeliveryException.class).isThrownBy(() -> sink.send(large));

      sink.commit(at(200));
    }
    assertThat(reader.committed(topic)).containsExactly("tea");
  }

  @Test
  void manyPartitionsGetTheirMessagesInOrder() {
    reader.create(topic, 200, Map.of());
    try (ChangeSink sink = sink()) {
      sink.open();
      for (int i = 0; i < 4_000; i++) {
        sink.send(
            Message.of(topic, ("k" + i % 50).getBytes(UTF_8), ("v" + i).getBytes(UTF_8), null));
      }
      sink.commit(at(200));
    }
    Map<Integer, List<Integer>> byKey =
        reader.committed(topic).stream()
            .map(value -> Integer.valueOf(value.substring(1)))
            .collect(Collectors.groupingBy(i -> i % 50));
    assertThat(byKey).hasSize(50);
    assertThat(byKey.values()).allSatisfy(values -> assertThat(values).hasSize(80).isSorted());
  }

  @Test
  void anInterruptIsARetriableFailureAndStaysSet() {
    try (ChangeSink sink = sink()) {
      sink.open();
      sink.send(message("tea"));
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
    try (ChangeSink sink = new KafkaChangeSink(atLeastOnce(), Clock.systemUTC())) {
      sink.open();
      sink.send(message("tea"));
      sink.commit(at(200));

      sink.flush();

      assertThat(sink.committed()).isEqualTo(at(200));
      assertThat(reader.committed(topic)).containsExactly("tea");
    }
    try (ChangeSink next = new KafkaChangeSink(atLeastOnce(), Clock.systemUTC())) {
      assertThat(next.open()).isEqualTo(at(200));
    }
  }

  @Test
  void checkSucceedsWithoutFencingTheBroker() {
    try (ChangeSink working = sink()) {
      working.open();

      assertThat(new KafkaCheck(settings(Map.of())).run(List.of(topic), null))
          .hasSize(5)
          .allMatch(result -> result.ok());

      working.commit(at(200));
    }
  }

  /** One of the group's own producers. */
  private KafkaProducer<byte[], byte[]> producer(int turn) {
    return new KafkaProducer<>(
        new KafkaProperties(settings(Map.of())).transactionalProducers().get(turn));
  }

  private KafkaProducer<byte[], byte[]> otherGroup() {
    Map<String, Object> properties =
        new HashMap<>(new KafkaProperties(settings(Map.of())).producer());
    properties.put("transactional.id", "binlogbroker-other");
    return new KafkaProducer<>(properties);
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

  private ChangeSink sink() {
    return sink(Map.of());
  }

  private ChangeSink sink(Map<String, String> properties) {
    return new KafkaChangeSink(settings(properties), Clock.systemUTC());
  }

  private KafkaSettings settings(Map<String, String> properties) {
    return settings(Delivery.EXACTLY_ONCE, properties);
  }

  private KafkaSettings atLeastOnce() {
    return settings(Delivery.AT_LEAST_ONCE, Map.of());
  }

  private KafkaSettings settings(Delivery delivery, Map<String, String> properties) {
    return new KafkaSettings(
        group,
        List.of(kafka.bootstrapServers()),
        delivery,
        KafkaSettings.POSITIONS_TOPIC,
        new TopicSettings(3, 1),
        properties);
  }

  private Message message(String value) {
    return Message.of(topic, "goods".getBytes(UTF_8), value.getBytes(UTF_8), null);
  }

  private static byte[] incompressible(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }
}
