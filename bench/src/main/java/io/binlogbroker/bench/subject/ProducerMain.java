package io.binlogbroker.bench.subject;

import io.binlogbroker.broker.config.Delivery;
import io.binlogbroker.broker.kafka.KafkaProperties;
import io.binlogbroker.broker.kafka.KafkaSettings;
import io.binlogbroker.broker.kafka.TopicSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The process of {@link ProducerSubject}: sends all messages in the same transactions as the
 * broker.
 */
final class ProducerMain {
  private ProducerMain() {}

  /**
   * @param args message file, bootstrap servers, topic; and port of MySQL, table, and its number of
   *     rows if they are to be read at the same time
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    String topic = args[2];
    try (MessageFileReader messages = new MessageFileReader(Path.of(args[0]));
        Producer<byte[], byte[]> producer = new KafkaProducer<>(properties(args[1], topic))) {
      producer.initTransactions();
      if (args.length > 3) {
        new TableScan(Integer.parseInt(args[3]), args[4], Long.parseLong(args[5])).start();
      }
      send(messages, topic, producer);
      // Keeps running, because its CPU time is read by another process.
      new CountDownLatch(1).await();
    }
  }

  private static Map<String, Object> properties(String servers, String topic) {
    KafkaSettings settings =
        new KafkaSettings(
            topic,
            List.of(servers),
            Delivery.EXACTLY_ONCE,
            KafkaSettings.POSITIONS_TOPIC,
            new TopicSettings(1, 1),
            Map.of());
    return new KafkaProperties(settings).transactionalProducers().get(0);
  }

  private static void send(
      Iterator<RecordedMessage> messages, String topic, Producer<byte[], byte[]> producer) {
    producer.beginTransaction();
    boolean first = true;
    while (messages.hasNext()) {
      RecordedMessage message = messages.next();
      if (message.beginsTransaction() && !first) {
        producer.commitTransaction();
        producer.beginTransaction();
      }
      first = false;
      producer.send(
          new ProducerRecord<>(
              topic, null, null, message.key(), message.value(), message.headers()));
    }
    producer.commitTransaction();
  }
}
