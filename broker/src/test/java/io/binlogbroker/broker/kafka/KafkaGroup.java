package io.binlogbroker.broker.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.binlogbroker.broker.config.Delivery;
import io.binlogbroker.engine.relay.ChangeSink;
import io.binlogbroker.engine.relay.Message;
import io.binlogbroker.testkit.KafkaServer;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;

/** A group of brokers with a topic of its own on a real Kafka: its settings, sinks and messages. */
final class KafkaGroup {
  private static final AtomicInteger GROUPS = new AtomicInteger();

  private final String name = "group" + GROUPS.incrementAndGet();
  private final String topic = "mall_" + name;
  private final KafkaServer kafka;

  KafkaGroup(KafkaServer kafka) {
    this.kafka = kafka;
  }

  String name() {
    return name;
  }

  String topic() {
    return topic;
  }

  /** One of the group's own producers. */
  KafkaProducer<byte[], byte[]> producer(int turn) {
    return new KafkaProducer<>(
        new KafkaProperties(settings(Map.of())).transactionalProducers().get(turn));
  }

  KafkaProducer<byte[], byte[]> otherGroup() {
    Map<String, Object> properties =
        new HashMap<>(new KafkaProperties(settings(Map.of())).producer());
    properties.put("transactional.id", "binlogbroker-other");
    return new KafkaProducer<>(properties);
  }

  ChangeSink sink() {
    return sink(Map.of());
  }

  ChangeSink sink(Map<String, String> properties) {
    return new KafkaChangeSink(settings(properties), Clock.systemUTC());
  }

  KafkaSettings settings(Map<String, String> properties) {
    return settings(Delivery.EXACTLY_ONCE, properties);
  }

  KafkaSettings atLeastOnce() {
    return settings(Delivery.AT_LEAST_ONCE, Map.of());
  }

  private KafkaSettings settings(Delivery delivery, Map<String, String> properties) {
    return new KafkaSettings(
        name,
        List.of(kafka.bootstrapServers()),
        delivery,
        KafkaSettings.POSITIONS_TOPIC,
        new TopicSettings(3, 1),
        properties);
  }

  Message message(String value) {
    return Message.of(topic, "goods".getBytes(UTF_8), value.getBytes(UTF_8), null);
  }
}
