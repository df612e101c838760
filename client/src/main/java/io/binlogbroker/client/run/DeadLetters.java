package io.binlogbroker.client.run;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Sends messages that could not be handled to another topic, with the reason. Any thread. */
final class DeadLetters implements AutoCloseable {
  private final Supplier<Producer<byte[], byte[]>> opener;
  private @Nullable Producer<byte[], byte[]> producer;

  /**
   * Dead letters without a producer yet.
   *
   * @param opener creates the producer when the first message is sent
   */
  DeadLetters(Supplier<Producer<byte[], byte[]>> opener) {
    this.opener = opener;
  }

  /** Returns when Kafka has acknowledged the message. */
  void send(String topic, ConsumerRecord<byte[], byte[]> record, Exception reason)
      throws InterruptedException {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers());
    add(letter, "topic", record.topic());
    add(letter, "partition", Integer.toString(record.partition()));
    add(letter, "offset", Long.toString(record.offset()));
    add(letter, "exception", reason.getClass().getName());
    add(letter, "message", String.valueOf(reason.getMessage()));
    try {
      producer().send(letter).get();
    } catch (ExecutionException e) {
      throw new KafkaException("Cannot write to the dead-letter topic " + topic, e.getCause());
    }
  }

  private static void add(ProducerRecord<byte[], byte[]> letter, String name, String value) {
    letter.headers().add("bb.error." + name, value.getBytes(StandardCharsets.UTF_8));
  }

  private synchronized Producer<byte[], byte[]> producer() {
    if (producer == null) {
      producer = opener.get();
    }
    return producer;
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close();
    }
  }
}
