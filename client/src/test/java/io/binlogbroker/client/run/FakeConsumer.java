package io.binlogbroker.client.run;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Kafka's MockConsumer with two partitions of one topic, which records the commits. */
final class FakeConsumer extends MockConsumer<byte[], byte[]> {
  static final TopicPartition ZERO = new TopicPartition("mall_db", 0);
  static final TopicPartition ONE = new TopicPartition("mall_db", 1);

  private final Map<TopicPartition, Long> commits = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();

  FakeConsumer() {
    super("none"); // As ConsumeLoops sets it.
    updateBeginningOffsets(Map.of(ZERO, 0L, ONE, 0L));
    updateEndOffsets(Map.of(ZERO, 0L, ONE, 0L));
  }

  /** Assigns partitions in one of the next polls, on the polling thread. */
  FakeConsumer assign(TopicPartition... partitions) {
    schedulePollTask(() -> rebalance(List.of(partitions)));
    return this;
  }

  /** Sends a message with the next offset; without a value, it is a tombstone. */
  FakeConsumer send(TopicPartition partition, String key, @Nullable String value) {
    long offset = ends.merge(partition, 1L, Long::sum) - 1;
    byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    schedulePollTask(
        () ->
            addRecord(
                new ConsumerRecord<>(
                    partition.topic(),
                    partition.partition(),
                    offset,
                    key.getBytes(StandardCharsets.UTF_8),
                    bytes)));
    return this;
  }

  /** Sends a message with the next offset and a header, which may have no value. */
  FakeConsumer sendWithHeader(
      TopicPartition partition, String value, String name, @Nullable String header) {
    long offset = ends.merge(partition, 1L, Long::sum) - 1;
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            partition.topic(), partition.partition(), offset, utf8("a"), utf8(value));
    record.headers().add(name, header == null ? null : utf8(header));
    schedulePollTask(() -> addRecord(record));
    return this;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Sets the offset that the group has committed before. */
  FakeConsumer committedBefore(TopicPartition partition, long offset) {
    schedulePollTask(() -> super.commitSync(Map.of(partition, new OffsetAndMetadata(offset))));
    ends.put(partition, offset);
    return this;
  }

  /**
   * Deletes everything before an offset, as retention does; the next message has at least that
   * offset.
   */
  FakeConsumer deleteBefore(TopicPartition partition, long offset) {
    ends.merge(partition, offset, Math::max);
    schedulePollTask(() -> updateBeginningOffsets(Map.of(partition, offset)));
    return this;
  }

  /** Skips offsets, as transaction markers and compaction do. */
  FakeConsumer skipOffsets(TopicPartition partition, long offsets) {
    ends.merge(partition, offsets, Long::sum);
    return this;
  }

  /** The committed offset; -1 if there is none. */
  long committed(TopicPartition partition) {
    return commits.getOrDefault(partition, -1L);
  }

  @Override
  public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.forEach((partition, offset) -> commits.put(partition, offset.offset()));
    super.commitSync(offsets);
  }

  static Collection<String> topics() {
    return List.of("mall_db");
  }
}
