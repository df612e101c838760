package io.binlogbroker.bench.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic of one partition that lives for one run. One thread. */
public final class BenchTopic implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  /** Takes messages one after the other. */
  public interface Reader {
    void take(ConsumerRecord<byte[], byte[]> record) throws IOException;
  }

  private final Admin admin;
  private final String kafka;
  private final TopicPartition partition;

  private BenchTopic(Admin admin, String kafka, String name) {
    this.admin = admin;
    this.kafka = kafka;
    this.partition = new TopicPartition(name, 0);
  }

  public static BenchTopic create(String kafka, String name)
      throws ExecutionException, InterruptedException {
    Admin admin = Admin.create(Map.of("bootstrap.servers", kafka));
    admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    return new BenchTopic(admin, kafka, name);
  }

  public String name() {
    return partition.topic();
  }

  /** The end offset for consumers of committed messages; it counts the markers of commits too. */
  public long visible() throws ExecutionException, InterruptedException {
    ListOffsetsOptions committed = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    try {
      return admin
          .listOffsets(Map.of(partition, OffsetSpec.latest()), committed)
          .partitionResult(partition)
          .get()
          .offset();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return 0; // just created, and not known everywhere yet
      }
      throw e;
    }
  }

  /**
   * Reads all that is committed now.
   *
   * @return how many messages there were
   */
  public long readAll(Reader reader) throws IOException, ExecutionException, InterruptedException {
    long end = visible();
    long count = 0;
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          reader.take(record);
          count++;
        }
      }
    }
    return count;
  }

  /** A consumer of what is committed, from the beginning on. */
  public KafkaConsumer<byte[], byte[]> consumer() {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", kafka,
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest",
            "enable.auto.commit", "false");
    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes);
    consumer.assign(List.of(partition));
    return consumer;
  }

  /** Deletes the topic, so that the disk does not fill. */
  @Override
  public void close() throws ExecutionException, InterruptedException {
    try (admin) {
      admin.deleteTopics(List.of(name())).all().get();
    }
  }
}
