package io.binlogbroker.broker.kafka;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.snapshot.SnapshotState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Follows the committed states of a group's snapshots in the positions topic, without disturbing
 * the running broker. One thread.
 */
public final class KafkaSnapshots implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaFailures failures;
  private final TopicPartition partition;
  private final String prefix;
  private final Map<String, SnapshotState> states = new TreeMap<>();
  private final @Nullable KafkaConsumer<byte[], byte[]> consumer;

  private KafkaSnapshots(KafkaSettings settings, @Nullable KafkaConsumer<byte[], byte[]> consumer) {
    this.failures = new KafkaFailures(settings);
    this.partition = new TopicPartition(settings.positionsTopic(), 0);
    this.prefix = settings.group() + " ";
    this.consumer = consumer;
  }

  /**
   * Reads the topic, if it exists.
   *
   * @throws DeliveryException when Kafka cannot be reached
   */
  public static KafkaSnapshots open(KafkaSettings settings) {
    KafkaFailures failures = new KafkaFailures(settings);
    KafkaProperties properties = new KafkaProperties(settings);
    String topic = settings.positionsTopic();
    try (KafkaAdmin admin = KafkaAdmin.of(properties, failures, TIMEOUT)) {
      if (admin.describe(List.of(topic)).isEmpty()) {
        return new KafkaSnapshots(settings, null);
      }
    }
    KafkaSnapshots opened =
        new KafkaSnapshots(settings, new KafkaConsumer<>(properties.consumer()));
    opened.begin();
    return opened;
  }

  private void begin() {
    KafkaConsumer<byte[], byte[]> opened = consumer;
    if (opened != null) {
      opened.assign(List.of(partition));
      opened.seekToBeginning(List.of(partition));
    }
  }

  /** The newest states of all tables, sorted by name, once everything committed is read. */
  public List<SnapshotState> newest() {
    KafkaConsumer<byte[], byte[]> opened = consumer;
    if (opened == null) {
      return List.of();
    }
    try {
      // With read_committed, the end is that of the committed records.
      long end = opened.endOffsets(List.of(partition), TIMEOUT).getOrDefault(partition, 0L);
      long deadline = System.nanoTime() + TIMEOUT.toNanos();
      while (opened.position(partition, TIMEOUT) < end && System.nanoTime() - deadline < 0) {
        opened.poll(POLL).forEach(this::take);
      }
    } catch (KafkaException e) {
      throw failures.of("reading the states of snapshots from " + partition.topic(), e);
    }
    return new ArrayList<>(states.values());
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    if (!key.startsWith(prefix) || !SnapshotState.isName(key.substring(prefix.length()))) {
      return;
    }
    if (record.value() == null) {
      states.remove(key);
      return;
    }
    try {
      states.put(key, SnapshotState.of(record.value()));
    } catch (IOException e) {
      throw DeliveryException.fatal(
          FailureKind.CONFIGURATION,
          "The record under key \""
              + key
              + "\" in "
              + partition.topic()
              + " is damaged: "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public void close() {
    if (consumer != null) {
      consumer.close();
    }
  }
}
