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

/** A topic of one partition as any consumer reads it, from its beginning. One thread. */
final class Topic implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(100);

  private final String name;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /** What is done with a message. */
  interface Reader {
    /** Returns how much of what is waited for it held. */
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

  /** Reads until so much was held by messages, and what comes with it. */
  void read(int count, Reader reader) throws Exception {
    long limit = System.nanoTime() + LIMIT.toNanos();
    int held = 0;
    while (held < count) {
      if (System.nanoTime() > limit) {
        throw new AssertionError(
            "Expected " + count + " in " + name + " within " + LIMIT + " but got " + held);
      }
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        held += reader.take(message);
      }
    }
  }

  /** The first so many messages, and what comes with them. */
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
