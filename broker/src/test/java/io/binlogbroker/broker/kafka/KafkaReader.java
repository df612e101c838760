package io.binlogbroker.broker.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.binlogbroker.broker.fixture.Markers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics like a consumer and creates them like an operator. */
final class KafkaReader {
  private final String address;

  KafkaReader(String address) {
    this.address = address;
  }

  /** The values that a {@code read_committed} consumer sees, by partition. */
  List<String> committed(String topic) {
    Markers.await(address);
    return values(topic, "read_committed");
  }

  /** All written values, including aborted ones. */
  List<String> all(String topic) {
    return values(topic, "read_uncommitted");
  }

  int partitions(String topic) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      return admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get()
          .get(topic)
          .partitions()
          .size();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  void create(String topic, int partitions, Map<String, String> configs) {
    NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
      admin.createTopics(List.of(wanted.configs(configs))).all().get();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> values(String topic, String isolation) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(isolation)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      // Records after an open transaction are not visible yet: read to the last stable offset.
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          values.add(new String(record.value(), UTF_8));
        }
      }
    }
    return values;
  }

  private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            address,
            "isolation.level",
            isolation,
            "auto.offset.reset",
            "earliest",
            "allow.auto.create.topics",
            "false");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
