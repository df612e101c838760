package io.binlogbroker.broker.kafka;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.model.PositionJson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compacted topic that contains each group's newest position under the group's name. One thread
 * at a time.
 */
final class PositionsTopic {
  private static final Logger LOG = LoggerFactory.getLogger(PositionsTopic.class);
  private static final String SEPARATOR = " ";
  private static final Duration POLL = Duration.ofMillis(500);

  /** Open transactions of other groups end within their own timeout, by default a minute. */
  private static final Duration LONGEST_READ = Duration.ofMinutes(2);

  private static final Duration LONG_READ = Duration.ofSeconds(3);

  /** Small segments, compacted often: a start reads the whole topic. */
  private static final Map<String, String> CONFIGS =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
          TopicConfig.SEGMENT_BYTES_CONFIG, "16777216",
          TopicConfig.SEGMENT_MS_CONFIG, "3600000",
          TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1",
          TopicConfig.DELETE_RETENTION_MS_CONFIG, "3600000");

  private final KafkaSettings settings;
  private final KafkaFailures failures;
  private final Clock clock;
  private final TopicPartition partition;
  private final byte[] key;

  PositionsTopic(KafkaSettings settings, KafkaFailures failures, Clock clock) {
    this.settings = settings;
    this.failures = failures;
    this.clock = clock;
    this.partition = new TopicPartition(settings.positionsTopic(), 0);
    this.key = settings.group().getBytes(StandardCharsets.UTF_8);
  }

  /** Creates the topic if it is missing, and refuses one that could lose or split positions. */
  void prepare(KafkaAdmin admin) {
    TopicDescription found = find(admin);
    if (found == null) {
      admin.create(Set.of(partition.topic()), declared(), CONFIGS);
      LOG.info("Created topic {} for the positions of groups", partition.topic());
      return;
    }
    check(admin, found);
  }

  /** Like {@link #prepare}, but changes nothing. */
  void tryPrepare(KafkaAdmin admin) {
    TopicDescription found = find(admin);
    if (found == null) {
      admin.tryCreate(partition.topic(), declared(), CONFIGS);
      return;
    }
    check(admin, found);
  }

  /**
   * What a group has committed.
   *
   * @param position the newest; null if there is none
   * @param states the newest by name
   */
  record Committed(@Nullable Position position, Map<String, byte[]> states) {}

  /**
   * What the group has committed. Reads to the log end offset, not to the last stable offset:
   * another group's open transaction may precede our last record, and a read that stopped there
   * would return an older position. Waits up to two minutes for the end of such transactions.
   */
  Committed last(KafkaAdmin admin, KafkaProperties properties) {
    if (find(admin) == null) {
      return new Committed(null, Map.of());
    }
    long end = admin.end(partition);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties.consumer())) {
      consumer.assign(List.of(partition));
      Map<String, byte[]> own = newest(consumer, end);
      byte[] json = own.remove("");
      return new Committed(json == null ? null : PositionJson.read(json, where()), own);
    } catch (KafkaException e) {
      throw failures.of("reading the last position from " + where(), e);
    }
  }

  ProducerRecord<byte[], byte[]> record(Position position) {
    byte[] json = PositionJson.write(position, clock.instant());
    return new ProducerRecord<>(partition.topic(), partition.partition(), key, json);
  }

  /** The record of a state, whose key is the group's name, a blank and the state's name. */
  ProducerRecord<byte[], byte[]> record(String name, byte[] state) {
    byte[] own = (settings.group() + SEPARATOR + name).getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(partition.topic(), partition.partition(), own, state);
  }

  /** The group's newest records by the name of their state; its position has none. */
  private Map<String, byte[]> newest(KafkaConsumer<byte[], byte[]> consumer, long end) {
    Map<String, byte[]> newest = new HashMap<>();
    long begin = System.nanoTime();
    boolean reported = false;
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        String name = record.key() == null ? null : stateName(record.key());
        if (name != null && record.value() == null) {
          newest.remove(name);
        } else if (name != null) {
          newest.put(name, record.value());
        }
      }
      long nanos = System.nanoTime() - begin;
      if (nanos > LONGEST_READ.toNanos()) {
        throw stuck(consumer.position(partition), end);
      }
      if (nanos > LONG_READ.toNanos() && !reported) {
        LOG.info(
            "Waiting for the last position from {}: another group has an open transaction there,"
                + " which Kafka ends after the transaction.timeout.ms of that group",
            where());
        reported = true;
      }
    }
    return newest;
  }

  /** The name of a state of the group; empty for its position, null for another group's record. */
  private @Nullable String stateName(byte[] recordKey) {
    if (Arrays.equals(recordKey, key)) {
      return "";
    }
    String text = new String(recordKey, StandardCharsets.UTF_8);
    String prefix = settings.group() + SEPARATOR;
    return text.startsWith(prefix) ? text.substring(prefix.length()) : null;
  }

  private DeliveryException stuck(long at, long end) {
    return DeliveryException.retriable(
        FailureKind.UNREACHABLE,
        "Reading the last position from "
            + where()
            + " to offset "
            + end
            + " stopped at offset "
            + at
            + ": another group may have a hanging transaction there (kafka-transactions.sh"
            + " find-hanging)",
        null);
  }

  private @Nullable TopicDescription find(KafkaAdmin admin) {
    return admin.describe(List.of(partition.topic())).get(partition.topic());
  }

  private TopicSettings declared() {
    return new TopicSettings(1, settings.topics().replication());
  }

  private void check(KafkaAdmin admin, TopicDescription found) {
    if (found.partitions().size() != 1) {
      throw unsuitable(
          "has "
              + found.partitions().size()
              + " partitions, expected 1; fix: stop the brokers of all its groups, delete it and"
              + " start them: it is recreated, and each group continues from its copy of the"
              + " position (docs/operations.md, \"When Kafka loses the position\"). Kafka itself"
              + " may have created it after it was deleted, which auto.create.topics.enable=false"
              + " prevents");
    }
    String policy = admin.topicConfig(partition.topic(), TopicConfig.CLEANUP_POLICY_CONFIG);
    if (policy != null && !policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
      throw unsuitable(
          "has cleanup.policy="
              + policy
              + " and would lose positions; fix: set its cleanup.policy to compact"
              + " (kafka-configs.sh --alter --add-config)");
    }
  }

  private DeliveryException unsuitable(String what) {
    return DeliveryException.fatal(
        FailureKind.SINK_ACCESS, "Topic " + partition.topic() + " for positions " + what);
  }

  private String where() {
    return "Kafka topic " + partition.topic() + " under key " + settings.group();
  }
}
