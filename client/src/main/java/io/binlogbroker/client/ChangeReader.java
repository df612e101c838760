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
 * Reads the committed changes of some topics, in order per partition, without a consumer group and
 * without committing offsets. One thread, but for {@link #wakeup}.
 */
public final class ChangeReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeReader.class);
  private static final Duration STEP = Duration.ofMillis(200);
  private static final String FIX =
      "read the topic again from its beginning; for changes to be there longer, set a longer"
          + " retention.ms";

  private final Consumer<byte[], byte[]> consumer;
  private final OversizeMessages oversize;
  private final Set<String> topics;
  private final Start start;
  private boolean opened;

  /** Where reading begins in the topics that exist; those that come later are read whole. */
  public enum Start {
    BEGINNING,
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
   * Connects to Kafka.
   *
   * @param properties Kafka's own, at least {@code bootstrap.servers}; isolation and offsets are
   *     the reader's
   */
  public static ChangeReader open(
      Map<String, ?> properties, Collection<String> topics, Start start) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // Changes that Kafka has deleted before they were read are an error, not a gap.
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return new ChangeReader(
        new KafkaConsumer<>(all, bytes, bytes), OversizeMessages.of(properties), topics, start);
  }

  /**
   * Waits for changes no longer than {@code timeout}; a topic that does not exist yet, and further
   * partitions, are looked for again.
   *
   * @throws MalformedChangeException when a record is no change
   * @throws LostMessagesException when Kafka has deleted what was not read yet
   */
  public List<ChangeRecord> poll(Duration timeout) {
    List<ChangeRecord> changes = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : pollRecords(timeout)) {
      changes.addAll(ChangeRecord.allOf(oversize.whole(record)));
    }
    return changes;
  }

  /**
   * The same as messages, whatever they hold: large ones whole, unless their pieces are gone.
   *
   * @throws LostMessagesException when Kafka has deleted what was not read yet
   */
  public List<ConsumerRecord<byte[], byte[]>> pollMessages(Duration timeout) {
    List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    pollRecords(timeout).forEach(record -> messages.add(wholeIfThere(record)));
    return messages;
  }

  private ConsumerRecord<byte[], byte[]> wholeIfThere(ConsumerRecord<byte[], byte[]> record) {
    try {
      return oversize.whole(record);
    } catch (MalformedChangeException e) {
      LOG.warn("The message is shown as it is: {}", e.getMessage());
      return record;
    }
  }

  private ConsumerRecords<byte[], byte[]> pollRecords(Duration timeout) {
    assignWhatIsThere();
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
   * Hands over every change up to the present ends of the topics.
   *
   * @throws IllegalStateException when a topic is missing, or {@code limit} is over
   * @throws LostMessagesException when Kafka has deleted what was not read yet
   */
  public void readToEnd(Duration limit, java.util.function.Consumer<ChangeRecord> each) {
    assignWhatIsThere();
    Set<String> missing = missingTopics();
    if (!missing.isEmpty()) {
      throw new IllegalStateException("Expected topics that exist, but there is no " + missing);
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    long started = System.nanoTime();
    while (!unread(ends).isEmpty()) {
      if (System.nanoTime() - started > limit.toNanos()) {
        throw new IllegalStateException(
            "Expected to read to the ends within " + limit + ", but left are " + unread(ends));
      }
      poll(STEP).forEach(each);
    }
  }

  private Map<TopicPartition, Long> unread(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .filter(end -> consumer.position(end.getKey()) < end.getValue())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private void assignWhatIsThere() {
    Set<String> missing = missingTopics();
    if (!missing.isEmpty()) {
      assign(partitions(missing));
    }
    opened = true;
    assign(addedPartitions());
  }

  /** Partitions that came later: what Kafka's consumer knows of the topics, without asking. */
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
    // Null and empty where the topic is gone.
    return Objects.requireNonNullElse(known, List.<PartitionInfo>of()).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  private void assign(List<TopicPartition> found) {
    if (found.isEmpty()) {
      return; // a seek of no partitions is Kafka's name for a seek of all
    }
    List<TopicPartition> all = new ArrayList<>(consumer.assignment());
    all.addAll(found);
    consumer.assign(all);
    if (opened || start == Start.BEGINNING) {
      consumer.seekToBeginning(found);
    } else {
      consumer.seekToEnd(found);
      // The seek is lazy: without this it would skip what comes until the first fetch.
      found.forEach(consumer::position);
    }
  }

  /** Kafka's consumer refuses to wait for nothing. */
  private static void pause(Duration timeout) {
    try {
      Thread.sleep(Math.min(timeout.toMillis(), STEP.toMillis()));
    } catch (InterruptedException e) {
      // Kafka's own, as poll throws it; it restores the interrupt.
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

  /** Makes a waiting {@link #poll} throw Kafka's WakeupException; from any thread. */
  public void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    oversize.close();
    consumer.close();
  }
}
