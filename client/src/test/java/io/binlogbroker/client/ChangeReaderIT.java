package io.binlogbroker.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.binlogbroker.client.ChangeReader.Start;
import io.binlogbroker.testkit.KafkaServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads committed changes from a real Kafka, completely and in order. */
@Timeout(300)
class ChangeReaderIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static KafkaServer kafka;

  @BeforeAll
  static void start() {
    kafka = new KafkaServer().start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void readsCommittedChangesUpToTheEnd() {
    try (KafkaProducer<byte[], byte[]> producer = producer("reads")) {
      transaction(producer, "reads", 0, 50, true);
      transaction(producer, "reads", 50, 80, false);
      transaction(producer, "reads", 80, 100, true);
    }

    List<ChangeRecord> changes = new ArrayList<>();
    try (ChangeReader reader = reader("reads", Start.BEGINNING)) {
      reader.readToEnd(LIMIT, changes::add);
    }

    assertThat(changes).hasSize(70);
    assertThat(changes)
        .filteredOn(change -> change.key().equals("1"))
        .isSortedAccordingTo((a, b) -> id(a).compareTo(id(b)));
  }

  @Test
  void aTopicCreatedLaterIsReadFromItsBeginning() {
    List<ChangeRecord> changes = new ArrayList<>();
    try (ChangeReader reader = reader("later", Start.END);
        KafkaProducer<byte[], byte[]> producer = producer("later")) {
      assertThat(reader.poll(Duration.ofMillis(100))).isEmpty();
      transaction(producer, "later", 0, 3, true);
      long started = System.nanoTime();
      while (changes.size() < 3 && System.nanoTime() - started < LIMIT.toNanos()) {
        changes.addAll(reader.poll(Duration.ofMillis(200)));
      }
    }

    assertThat(changes).hasSize(3);
  }

  @Test
  void startingAtTheEndReadsOnlyLaterChanges() {
    List<ChangeRecord> changes = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = producer("end");
        ChangeReader reader = reader("end", Start.END)) {
      transaction(producer, "end", 0, 10, true);
      reader.poll(Duration.ofMillis(200));
      transaction(producer, "end", 10, 12, true);
      reader.readToEnd(LIMIT, changes::add);
    }

    assertThat(changes).extracting(change -> id(change).pos()).containsExactlyInAnyOrder(10L, 11L);
  }

  @ParameterizedTest
  @EnumSource(Start.class)
  void aMissingTopicDoesNotChangeTheOffsetsOfOthers(Start start) {
    String topic = "beside_a_missing_one_" + start;
    List<Long> expected = LongStream.range(start == Start.BEGINNING ? 0 : 10, 100).boxed().toList();
    List<ChangeRecord> changes = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = producer(topic)) {
      transaction(producer, topic, 0, 10, true);
      try (ChangeReader reader = reader(Set.of(topic, "missing"), start)) {
        for (int pos = 10; pos < 100; pos += 10) {
          changes.addAll(reader.poll(Duration.ofMillis(200)));
          transaction(producer, topic, pos, pos + 10, true);
        }
        long started = System.nanoTime();
        while (changes.size() < expected.size() && System.nanoTime() - started < LIMIT.toNanos()) {
          changes.addAll(reader.poll(Duration.ofMillis(200)));
        }
        changes.addAll(reader.poll(Duration.ofMillis(200)));
      }
    }

    assertThat(changes)
        .extracting(change -> id(change).pos())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static ChangeId id(ChangeRecord change) {
    return change.change().source().id();
  }

  private static ChangeReader reader(String topic, Start start) {
    return reader(Set.of(topic), start);
  }

  private static ChangeReader reader(Set<String> topics, Start start) {
    return ChangeReader.open(Map.of("bootstrap.servers", kafka.bootstrapServers()), topics, start);
  }

  private static void transaction(
      KafkaProducer<byte[], byte[]> producer, String topic, int from, int to, boolean commit) {
    producer.beginTransaction();
    for (int pos = from; pos < to; pos++) {
      String row = GoodsRecords.row(pos, pos % 3, "a");
      producer.send(
          new ProducerRecord<>(
              topic, utf8("" + pos % 3), utf8(GoodsRecords.message("c", pos, "null", row))));
    }
    if (commit) {
      producer.commitTransaction();
    } else {
      producer.flush();
      producer.abortTransaction();
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(String name) {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", name),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    return producer;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
