package io.binlogbroker.conformance;

import io.binlogbroker.testkit.KafkaServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic with one partition from its beginning, as any consumer does. One thread. */
final class Topic implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(100);

  private final String name;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /** Processes messages. */
  interface Reader {
    /** Processes a message, and returns the number of items it contained. */
    int take(ConsumerRecord<byte[], byte[]> message) throws Exception;
  }

  Topic(KafkaServer kafka, String name) {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "isolation.level",
            "read_committed",
            "auto.offset.reset",
            "earliest",
            "allow.auto.create.topics",
            false);
    this.name = name;
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(List.of(new TopicPartition(name, 0)));
  }

  /** Reads until the messages contained this many items; the last poll may return more. */
  void read(int count, Reader reader) throws Exception {
    long limit = System.nanoTime() + LIMIT.toNanos();
    int items = 0;
    while (items < count) {
      if (System.nanoTime() > limit) {
        throw new AssertionError(
            "Expected " + count + " items in " + name + " within " + LIMIT + " but got " + items);
      }
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        items += reader.take(message);
      }
    }
  }

  /** Reads this many messages; the last poll may return more. */
  List<ConsumerRecord<byte[], byte[]>> read(int count) throws Exception {
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    read(
        count,
        message -> {
          messages.add(message);
          return 1;
        });
    return messages;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
