package io.binlogbroker.broker.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.binlogbroker.broker.config.Delivery;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.Measurable;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;

/** Producers and records for the tests of both kinds of commits. */
final class Producers {
  static final KafkaSettings SETTINGS =
      new KafkaSettings(
          "db_mall",
          List.of("kafka1:9092"),
          Delivery.EXACTLY_ONCE,
          KafkaSettings.POSITIONS_TOPIC,
          new TopicSettings(1, 1),
          Map.of());

  private Producers() {}

  /** Kafka's mock producer, which acknowledges on request. */
  static MockProducer<byte[], byte[]> byHand() {
    return new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static MockProducer<byte[], byte[]> prompt() {
    return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Sets one of a producer's own metrics. */
  static void measure(MockProducer<byte[], byte[]> producer, String name, double value) {
    MetricName metric = new MetricName(name, "producer-metrics", "", Map.of());
    Measurable constant = (config, now) -> value;
    producer.setMockMetrics(
        metric, new KafkaMetric(new Object(), metric, constant, new MetricConfig(), Time.SYSTEM));
  }

  static PositionsTopic positions() {
    return new PositionsTopic(SETTINGS, new KafkaFailures(SETTINGS), Clock.systemUTC());
  }

  static ProducerRecord<byte[], byte[]> message(String value) {
    return message("mall_db", value);
  }

  static ProducerRecord<byte[], byte[]> message(String topic, String value) {
    return record(topic, "goods", value);
  }

  static ProducerRecord<byte[], byte[]> record(String topic, String key, String value) {
    return new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8));
  }

  /** Values of messages, and "position" for positions. */
  static List<String> written(List<ProducerRecord<byte[], byte[]>> records) {
    return records.stream()
        .map(
            record ->
                record.topic().equals(KafkaSettings.POSITIONS_TOPIC)
                    ? "position"
                    : new String(record.value(), UTF_8))
        .toList();
  }
}
