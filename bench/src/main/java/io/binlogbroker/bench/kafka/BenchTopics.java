package io.binlogbroker.bench.kafka;

import io.binlogbroker.bench.subject.MessageShape;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The topics of one run, which are deleted at its end. One thread. */
public final class BenchTopics implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  /** Larger than any row of a load, so that no message is rejected. */
  private static final Map<String, String> CONFIGS = Map.of("max.message.bytes", "16777216");

  /** Receives the messages one by one. */
  public interface Reader {
    void take(ConsumerRecord<byte[], byte[]> record) throws IOException;
  }

  private final Admin admin;
  private final String kafka;
  private final String name;
  private final List<String> topics;
  private final List<TopicPartition> partitions;

  private BenchTopics(String kafka, String name, List<String> suffixes, int partitions) {
    this.admin = Admin.create(Map.of("bootstrap.servers", kafka));
    this.kafka = kafka;
    this.name = name;
    this.topics = suffixes.stream().map(suffix -> name + suffix).toList();
    this.partitions =
        topics.stream()
            .flatMap(
                topic -> IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(topic, i)))
            .toList();
  }

  /** Creates one topic with one partition. */
  public static BenchTopics create(String kafka, String name)
      throws ExecutionException, InterruptedException {
    return create(kafka, name, List.of(""), 1);
  }

  /**
   * Creates topics.
   *
   * @param name common prefix of the names
   * @param suffixes suffix of each name
   * @param partitions of each topic
   */
  public static BenchTopics create(String kafka, String name, List<String> suffixes, int partitions)
      throws ExecutionException, InterruptedException {
    BenchTopics created = new BenchTopics(kafka, name, suffixes, partitions);
    created
        .admin
        .createTopics(
            created.topics.stream()
                .map(topic -> new NewTopic(topic, partitions, (short) 1).configs(CONFIGS))
                .toList())
        .all()
        .get();
    return created;
  }

  /** Refers to topics with one partition that the measured process creates. */
  public static BenchTopics createdByBroker(String kafka, String name, List<String> suffixes) {
    return new BenchTopics(kafka, name, suffixes, 1);
  }

  /** The common prefix of the names; the full name of a single topic. */
  public String name() {
    return name;
  }

  /** The total number of partitions. */
  public int partitions() {
    return partitions.size();
  }

  /** The sum of the end offsets for read_committed consumers, which include commit markers. */
  public long visible() throws ExecutionException, InterruptedException {
    long sum = 0;
    for (long end : ends().values()) {
      sum += end;
    }
    return sum;
  }

  private Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
    ListOffsetsResult result =
        admin.listOffsets(
            partitions.stream()
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest())),
            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (TopicPartition partition : partitions) {
      ends.put(partition, end(result, partition));
    }
    return ends;
  }

  private static long end(ListOffsetsResult result, TopicPartition partition)
      throws ExecutionException, InterruptedException {
    try {
      return result.partitionResult(partition).get().offset();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return 0; // just created, metadata not propagated yet
      }
      throw e;
    }
  }

  /**
   * Reads all messages that are committed now.
   *
   * @return number of messages
   */
  public long readAll(Reader reader) throws IOException, ExecutionException, InterruptedException {
    Map<TopicPartition, Long> ends = ends();
    long count = 0;
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          reader.take(record);
          count++;
        }
      }
    }
    return count;
  }

  /** Counts the row changes in the committed messages. */
  public long changes(MessageShape shape)
      throws IOException, ExecutionException, InterruptedException {
    LongAdder changes = new LongAdder();
    readAll(record -> changes.add(shape.changes(record.value())));
    return changes.sum();
  }

  /** A read_committed consumer, starting at the beginning. */
  public KafkaConsumer<byte[], byte[]> consumer() {
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", kafka,
            "isolation.level", "read_committed",
            "auto.offset.reset", "earliest",
            "enable.auto.commit", "false");
    KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes);
    consumer.assign(partitions);
    return consumer;
  }

  /** Deletes the topics, so that the disk does not fill. */
  @Override
  public void close() throws ExecutionException, InterruptedException {
    try (admin) {
      admin.deleteTopics(topics).all().get();
    }
  }
}
