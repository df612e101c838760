package io.binlogbroker.client;

import io.binlogbroker.client.run.LostMessages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the committed changes of topics, in order per partition, without a consumer group and
 * without committing offsets. One thread, except for {@link #wakeup}.
 */
public final class ChangeReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeReader.class);
  private static final Duration STEP = Duration.ofMillis(200);
  private static final String FIX =
      "read the topic again from its beginning; to keep changes longer, increase retention.ms";

  private final Consumer<byte[], byte[]> consumer;
  private final OversizeMessages oversize;
  private final Set<String> topics;
  private final Start start;
  private boolean opened;

  /**
   * Where reading starts in topics that exist; topics created later are read from the beginning.
   */
  public enum Start {
    /** The first message that Kafka has. */
    BEGINNING,
    /** The end of the topic: only messages written after the first poll are read. */
    END
  }

  ChangeReader(Consumer<byte[], byte[]> consumer, Collection<String> topics, Start start) {
    this(consumer, OversizeMessages.of(Map.of()), topics, start);
  }

  private ChangeReader(
      Consumer<byte[], byte[]> consumer,
      OversizeMessages oversize,
      Collection<String> topics,
      Start start) {
    this.consumer = consumer;
    this.oversize = oversize;
    this.topics = Set.copyOf(topics);
    this.start = start;
  }

  /**
   * Opens a reader.
   *
   * @param properties of Kafka's consumer, at least {@code bootstrap.servers}; the reader sets
   *     those for isolation and offsets
   */
  public static ChangeReader open(
      Map<String, ?> properties, Collection<String> topics, Start start) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // Changes that Kafka deleted before they were read are an error, not a gap.
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return new ChangeReader(
        new KafkaConsumer<>(all, bytes, bytes), OversizeMessages.of(properties), topics, start);
  }

  /**
   * Waits for changes for at most {@code timeout}. Each call also looks for topics that did not
   * exist and for added partitions.
   *
   * @throws MalformedChangeException if a record is not a change
   * @throws LostMessagesException if Kafka deleted messages before they were read
   */
  public List<ChangeRecord> poll(Duration timeout) {
    List<ChangeRecord> changes = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : pollRecords(timeout)) {
      changes.addAll(ChangeRecord.allOf(oversize.whole(record)));
    }
    return changes;
  }

  /**
   * Like {@link #poll}, but returns messages without parsing them. Large messages are reassembled,
   * unless pieces are missing.
   *
   * @throws LostMessagesException if Kafka deleted messages before they were read
   */
  public List<ConsumerRecord<byte[], byte[]>> pollMessages(Duration timeout) {
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    pollRecords(timeout).forEach(record -> messages.add(wholeIfPossible(record)));
    return messages;
  }

  private ConsumerRecord<byte[], byte[]> wholeIfPossible(ConsumerRecord<byte[], byte[]> record) {
    try {
      return oversize.whole(record);
    } catch (MalformedChangeException e) {
      LOG.warn("Returning a large message without its pieces: {}", e.getMessage());
      return record;
    }
  }

  private ConsumerRecords<byte[], byte[]> pollRecords(Duration timeout) {
    assignExisting();
    if (consumer.assignment().isEmpty()) {
      pause(timeout);
      return ConsumerRecords.empty();
    }
    try {
      return consumer.poll(timeout);
    } catch (OffsetOutOfRangeException e) {
      throw LostMessages.of(consumer, e, FIX).get(0);
    }
  }

  /**
   * Reads all changes up to the current ends of the topics.
   *
   * @throws IllegalStateException if a topic does not exist, or the ends are not reached within
   *     {@code limit}
   * @throws LostMessagesException if Kafka deleted messages before they were read
   */
  public void readToEnd(Duration limit, java.util.function.Consumer<ChangeRecord> each) {
    assignExisting();
    Set<String> missing = missingTopics();
    if (!missing.isEmpty()) {
      throw new IllegalStateException("Expected topics that exist, but there is no " + missing);
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    long started = System.nanoTime();
    while (!unread(ends).isEmpty()) {
      if (System.nanoTime() - started > limit.toNanos()) {
        throw new IllegalStateException(
            "Expected to reach the ends of all partitions within "
                + limit
                + ", but did not reach "
                + unread(ends));
      }
      poll(STEP).forEach(each);
    }
  }

  private Map<TopicPartition, Long> unread(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .filter(end -> consumer.position(end.getKey()) < end.getValue())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private void assignExisting() {
    Set<String> missing = missingTopics();
    if (!missing.isEmpty()) {
      assign(partitions(missing));
    }
    opened = true;
    assign(addedPartitions());
  }

  /** Partitions that were added later, according to the metadata that Kafka's consumer caches. */
  private List<TopicPartition> addedPartitions() {
    Set<TopicPartition> assigned = consumer.assignment();
    return assigned.stream()
        .map(TopicPartition::topic)
        .distinct()
        .flatMap(topic -> partitionsOf(topic).stream())
        .filter(partition -> !assigned.contains(partition))
        .toList();
  }

  private List<TopicPartition> partitionsOf(String topic) {
    List<PartitionInfo> known = consumer.partitionsFor(topic);
    // Null or empty if the topic no longer exists.
    return Objects.requireNonNullElse(known, List.<PartitionInfo>of()).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  private void assign(List<TopicPartition> found) {
    if (found.isEmpty()) {
      return; // Kafka's seek methods take no partitions for all partitions.
    }
    List<TopicPartition> all = new ArrayList<>(consumer.assignment());
    all.addAll(found);
    consumer.assign(all);
    if (opened || start == Start.BEGINNING) {
      consumer.seekToBeginning(found);
    } else {
      consumer.seekToEnd(found);
      // The seek is lazy: without this, messages that arrive before the first fetch would be
      // skipped.
      found.forEach(consumer::position);
    }
  }

  /** Kafka's consumer does not poll without an assignment. */
  private static void pause(Duration timeout) {
    try {
      Thread.sleep(Math.min(timeout.toMillis(), STEP.toMillis()));
    } catch (InterruptedException e) {
      // As Kafka's poll does; the exception restores the interrupt.
      throw new InterruptException(e);
    }
  }

  private Set<String> missingTopics() {
    Set<String> missing = new TreeSet<>(topics);
    consumer.assignment().forEach(partition -> missing.remove(partition.topic()));
    return missing;
  }

  private List<TopicPartition> partitions(Set<String> wanted) {
    Map<String, List<PartitionInfo>> known = consumer.listTopics();
    return known.entrySet().stream()
        .filter(topic -> wanted.contains(topic.getKey()))
        .flatMap(topic -> topic.getValue().stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  /** Makes a waiting {@link #poll} throw Kafka's WakeupException. Any thread. */
  public void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    oversize.close();
    consumer.close();
  }
}
