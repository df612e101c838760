package io.binlogbroker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.binlogbroker.client.ChangeReader.Start;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;

class ChangeReaderTest {
  private static final Duration NO_WAIT = Duration.ZERO;

  private final GoodsRecords records = new GoodsRecords();
  private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("none");

  @Test
  void readsATopicFromItsBeginning() {
    topic("mall_db", 2);
    try (ChangeReader reader = reader(Start.BEGINNING)) {
      reader.poll(NO_WAIT);
      kafka.addRecord(records.kafkaRecord(2, inserted(1)));

      List<ChangeRecord> changes = reader.poll(NO_WAIT);

      assertThat(changes).hasSize(1);
      assertThat(changes.get(0).key()).isEqualTo("2");
      assertThat(changes.get(0).change().source().id()).hasToString("binlog.000002:1#0");
    }
  }

  @Test
  void waitsForATopicAndReadsItFromItsBeginning() {
    try (ChangeReader reader = reader(Start.END)) {
      assertThat(reader.poll(NO_WAIT)).isEmpty();

      topic("mall_db", 1);
      reader.poll(NO_WAIT);

      assertThat(kafka.assignment()).containsExactly(new TopicPartition("mall_db", 0));
    }
  }

  @Test
  void readsUpToTheEndsAtItsStart() {
    topic("mall_db", 1);
    TopicPartition partition = new TopicPartition("mall_db", 0);
    kafka.updateEndOffsets(Map.of(partition, 2L));
    kafka.schedulePollTask(() -> kafka.addRecord(records.kafkaRecord(2, inserted(1))));
    kafka.schedulePollTask(() -> kafka.addRecord(records.kafkaRecord(2, inserted(2))));
    List<ChangeRecord> read = new ArrayList<>();

    try (ChangeReader reader = reader(Start.BEGINNING)) {
      reader.readToEnd(Duration.ofSeconds(20), read::add);
    }

    assertThat(read).extracting(ChangeRecord::offset).containsExactly(0L, 1L);
  }

  @Test
  void endsNotReachedInTimeAreReported() {
    topic("mall_db", 1);
    kafka.updateEndOffsets(Map.of(new TopicPartition("mall_db", 0), 2L));

    try (ChangeReader reader = reader(Start.BEGINNING)) {
      assertThatThrownBy(() -> reader.readToEnd(NO_WAIT, change -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("mall_db-0=2");
    }
  }

  @Test
  void readingToTheEndOfAMissingTopicFails() {
    try (ChangeReader reader = reader(Start.BEGINNING)) {
      assertThatThrownBy(() -> reader.readToEnd(NO_WAIT, change -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Expected topics that exist, but there is no [mall_db]");
    }
  }

  @Test
  void aRecordThatIsNotAChangeIsReportedWithItsOffset() {
    topic("mall_db", 1);
    try (ChangeReader reader = reader(Start.BEGINNING)) {
      reader.poll(NO_WAIT);
      kafka.addRecord(records.kafkaRecord(2, "hello"));

      assertThatThrownBy(() -> reader.poll(NO_WAIT))
          .isInstanceOf(MalformedChangeException.class)
          .hasMessageEndingWith(", at mall_db-0 offset 0");
    }
  }

  @Test
  void anAddedPartitionIsReadFromItsBeginning() {
    topic("mall_db", 1);
    try (ChangeReader reader = reader(Start.END)) {
      reader.poll(NO_WAIT);
      topic("mall_db", 2);
      TopicPartition added = new TopicPartition("mall_db", 1);
      kafka.updateEndOffsets(Map.of(added, 5L));

      reader.poll(NO_WAIT);

      assertThat(kafka.assignment()).contains(added);
      assertThat(kafka.position(added)).isZero();
    }
  }

  @Test
  void messagesDeletedBeforeTheyWereReadAreReported() {
    topic("mall_db", 1);
    try (ChangeReader reader = reader(Start.BEGINNING)) {
      reader.poll(NO_WAIT);
      kafka.setPollException(
          new OffsetOutOfRangeException(Map.of(new TopicPartition("mall_db", 0), 0L)));
      kafka.updateBeginningOffsets(Map.of(new TopicPartition("mall_db", 0), 7L));

      assertThatThrownBy(() -> reader.poll(NO_WAIT))
          .isInstanceOf(LostMessagesException.class)
          .hasMessageStartingWith("Expected to continue at offset 0 of mall_db-0, but its first")
          .hasMessageContaining("at most 7 messages");
    }
  }

  @Test
  void pollMessagesReturnsMessagesOfAnyContent() {
    topic("mall_db", 1);
    try (ChangeReader reader = reader(Start.BEGINNING)) {
      reader.poll(NO_WAIT);
      kafka.addRecord(new ConsumerRecord<>("mall_db", 0, 0, null, new byte[] {1}));
      kafka.addRecord(new ConsumerRecord<>("mall_db", 0, 1, new byte[0], null));

      assertThat(reader.pollMessages(NO_WAIT))
          .extracting(ConsumerRecord::value)
          .containsExactly(new byte[] {1}, null);
    }
  }

  @Test
  void aWakeupEndsThePoll() {
    topic("mall_db", 1);
    try (ChangeReader reader = reader(Start.BEGINNING)) {
      reader.wakeup();

      assertThatThrownBy(() -> reader.poll(NO_WAIT)).isInstanceOf(WakeupException.class);
    }
  }

  private ChangeReader reader(Start start) {
    return new ChangeReader(kafka, Set.of("mall_db"), start);
  }

  private void topic(String name, int partitions) {
    List<TopicPartition> all =
        IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(name, i)).toList();
    kafka.updatePartitions(
        name,
        all.stream()
            .map(
                p ->
                    new PartitionInfo(name, p.partition(), Node.noNode(), new Node[0], new Node[0]))
            .toList());
    all.forEach(partition -> kafka.updateBeginningOffsets(Map.of(partition, 0L)));
    all.forEach(partition -> kafka.updateEndOffsets(Map.of(partition, 0L)));
  }

  private static String inserted(long pos) {
    return GoodsRecords.message("c", pos, "null", GoodsRecords.row(1, 2, "a"));
  }
}
