package io.binlogbroker.broker.kafka;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads the offsets that Kafka Connect stores for its source connectors. One thread. */
public final class ConnectOffsets {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration REQUEST = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaSettings settings;

  public ConnectOffsets(KafkaSettings settings) {
    this.settings = settings;
  }

  /**
   * The newest value of each key; keys that were deleted are left out.
   *
   * @throws DeliveryException when the topic does not exist or cannot be read
   */
  public Map<String, byte[]> newest(String topic) {
    KafkaFailures failures = new KafkaFailures(settings);
    KafkaProperties properties = new KafkaProperties(settings);
    List<TopicPartition> partitions;
    try (KafkaAdmin admin = KafkaAdmin.of(properties, failures, REQUEST)) {
      partitions = partitions(admin, topic);
    }
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties.consumer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return read(consumer, partitions);
    } catch (KafkaException e) {
      throw failures.of("reading offsets from " + topic, e);
    }
  }

  private List<TopicPartition> partitions(KafkaAdmin admin, String topic) {
    var found = admin.describe(List.of(topic)).get(topic);
    if (found == null) {
      throw DeliveryException.fatal(
          FailureKind.INVALID_ARGUMENT,
          "Kafka at %s has no topic \"%s\": give the name in offset.storage.topic of the Connect"
                  .formatted(String.join(",", settings.addresses()), topic)
              + " worker");
    }
    return found.partitions().stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  /** A key is always in the same partition, so the last record of a key is its newest. */
  private static Map<String, byte[]> read(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, REQUEST);
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    Map<String, byte[]> newest = new TreeMap<>();
    while (!isAtEnd(consumer, ends)) {
      consumer.poll(POLL).forEach(record -> take(newest, record));
      if (System.nanoTime() - deadline > 0) {
        throw DeliveryException.retriable(
            FailureKind.UNREACHABLE,
            "Reading " + partitions.get(0).topic() + " to its end took more than " + TIMEOUT,
            null);
      }
    }
    return newest;
  }

  private static boolean isAtEnd(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey(), REQUEST) >= end.getValue());
  }

  private static void take(Map<String, byte[]> newest, ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      return;
    }
    String key = new String(record.key(), StandardCharsets.UTF_8);
    if (record.value() == null) {
      newest.remove(key);
    } else {
      newest.put(key, record.value());
    }
  }
}
