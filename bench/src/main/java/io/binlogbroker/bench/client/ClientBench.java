package io.binlogbroker.bench.client;

import io.binlogbroker.broker.format.Format;
import io.binlogbroker.client.ChangeConsumer;
import io.binlogbroker.client.ChangeConsumerBuilder;
import io.binlogbroker.testkit.KafkaServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the same changes from a topic of each format: with Kafka's own consumer, with the client
 * into maps, and with the client into records. Each way is gone twice and measured the second time.
 */
public final class ClientBench {
  private static final long CHANGES = 400_000;

  private final KafkaServer kafka;
  private int groups;

  private ClientBench(KafkaServer kafka) {
    this.kafka = kafka;
  }

  /** A row of sysbench's table. */
  record Sbtest(long id, long k, String c, String pad) {}

  /**
   * @param args none
   */
  public static void main(String[] args) throws IOException {
    System.out.println("| format | Kafka's consumer | into maps | into records |");
    System.out.println("|---|---|---|---|");
    try (KafkaServer kafka = new KafkaServer().start()) {
      ClientBench bench = new ClientBench(kafka);
      for (Format format : Format.values()) {
        bench.measure(format);
      }
    }
  }

  private void measure(Format format) throws IOException {
    String topic = format.label();
    long changes = new ClientMessages(format).fill(kafka.bootstrapServers(), topic, CHANGES);
    double plain = twice(() -> plain(topic, changes));
    double maps = twice(() -> client(topic, changes, false));
    double records = twice(() -> client(topic, changes, true));
    System.out.printf("| `%s` | %,.0f | %,.0f | %,.0f |%n", topic, plain, maps, records);
  }

  /** A way of reading, which tells its changes a second. */
  private interface Way {
    double rate();
  }

  private static double twice(Way way) {
    way.rate();
    return way.rate();
  }

  private double plain(String topic, long changes) {
    TopicPartition partition = new TopicPartition(topic, 0);
    Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = Objects.requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
      long began = System.nanoTime();
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100));
      }
      return rate(changes, began);
    }
  }

  private double client(String topic, long changes, boolean mapped) {
    AtomicLong handled = new AtomicLong();
    AtomicLong began = new AtomicLong();
    AtomicLong ended = new AtomicLong();
    ChangeConsumer[] consumer = new ChangeConsumer[1];
    Runnable count =
        () -> {
          long n = handled.incrementAndGet();
          if (n == 1) {
            began.set(System.nanoTime());
          }
          if (n == changes) {
            ended.set(System.nanoTime());
            new Thread(consumer[0]::close, "stop").start();
          }
        };
    ChangeConsumerBuilder builder =
        ChangeConsumer.builder()
            .brokers(kafka.bootstrapServers())
            .group("bench-" + groups++)
            .topics(topic)
            .property("auto.offset.reset", "earliest");
    consumer[0] =
        mapped
            ? builder.on("sbtest.*", Sbtest.class, change -> count.run()).build()
            : builder.onAny(change -> count.run()).build();
    consumer[0].run();
    return changes * 1e9 / (ended.get() - began.get());
  }

  private static double rate(long changes, long began) {
    return changes * 1e9 / (System.nanoTime() - began);
  }
}
