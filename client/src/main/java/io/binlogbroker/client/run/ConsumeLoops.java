package io.binlogbroker.client.run;

import io.binlogbroker.client.OversizeMessages;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Creates loops with Kafka's clients. Stateless. */
public final class ConsumeLoops {
  private ConsumeLoops() {}

  /**
   * Creates a loop with a new consumer.
   *
   * @param properties of Kafka's consumer; the loop commits and resets offsets itself
   * @throws IllegalArgumentException if {@code auto.offset.reset} is invalid
   */
  public static ConsumeLoop open(
      Map<String, Object> properties, ConsumeSettings settings, Meters meters) {
    Map<String, Object> all = new HashMap<>(properties);
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    Object reset = all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    OffsetReset offsetReset = OffsetReset.of(reset == null ? "earliest" : reset.toString());
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return new ConsumeLoop(
        new KafkaConsumer<>(all, bytes, bytes),
        offsetReset,
        settings,
        new DeadLetters(() -> producer(properties)),
        OversizeMessages.of(properties),
        meters);
  }

  /** The producer of dead letters has the consumer's properties for servers and security. */
  private static Producer<byte[], byte[]> producer(Map<String, Object> properties) {
    Map<String, Object> all = new HashMap<>();
    properties.forEach(
        (name, value) -> {
          boolean isCommon =
              name.equals(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)
                  || name.startsWith("security.")
                  || name.startsWith("ssl.")
                  || name.startsWith("sasl.");
          if (isCommon) {
            all.put(name, value);
          }
        });
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    ByteArraySerializer bytes = new ByteArraySerializer();
    return new KafkaProducer<>(all, bytes, bytes);
  }
}
