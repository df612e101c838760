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

/**
 * The topics that one run fills and that live as long: one of one partition, or more. One thread.
 */
public final class BenchTopics implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  /** Above every row of a load: whether it may be refused is not what is measured. */
  private static final Map<String, String> CONFIGS = Map.of("max.message.bytes", "16777216");

  /** Takes messages one after the other. */
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

  /** Makes one topic of one partition. */
  public static BenchTopics create(String kafka, String name)
      throws ExecutionException, InterruptedException {
    return create(kafka, name, List.of(""), 1);
  }

  /**
   * Makes topics.
   *
   * @param name what all their names begin with
   * @param suffixes what the name of each ends with
   * @param partitions of each
   */
  public static BenchTopics create(String kafka, String name, List<String> suffixes, int partitions)
      throws ExecutionException, InterruptedException {
    BenchTopics made = new BenchTopics(kafka, name, suffixes, partitions);
    made.admin
        .createTopics(
            made.topics.stream()
                .map(topic -> new NewTopic(topic, partitions, (short) 1).configs(CONFIGS))
                .toList())
        .all()
        .get();
    return made;
  }

  /** Watches topics of one partition that the measured process is to make. */
  public static BenchTopics madeByOthers(String kafka, String name, List<String> suffixes) {
    return new BenchTopics(kafka, name, suffixes, 1);
  }

  /** What the names of all topics begin with; the whole name if there is one. */
  public String name() {
    return name;
  }

  /** How many partitions they have together. */
  public int partitions() {
    return partitions.size();
  }

  /**
   * The sum of the end offsets for consumers of committed messages; they count the markers of
   * commits too.
   */
  public long visible() throws ExecutionException, InterruptedException {
    long sum = 0;
    for (long end : ends().values()) {
      sum += end;
    }
    return sum;
  }

  private Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
    ListOffsetsResult asked =
        admin.listOffsets(
            partitions.stream()
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest())),
            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (TopicPartition partition : partitions) {
      ends.put(partition, end(asked, partition));
    }
    return ends;
  }

  private static long end(ListOffsetsResult asked, TopicPartition partition)
      throws ExecutionException, InterruptedException {
    try {
      return asked.partitionResult(partition).get().offset();
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

  /** Counts the row changes that the committed messages tell of. */
  public long changes(MessageShape shape)
      throws IOException, ExecutionException, InterruptedException {
    LongAdder changes = new LongAdder();
    readAll(record -> changes.add(shape.changes(record.value())));
    return changes.sum();
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
