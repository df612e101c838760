package io.binlogbroker.bench.client;

import io.binlogbroker.client.ChangeConsumer;
import io.binlogbroker.client.ChangeConsumerBuilder;
import io.binlogbroker.engine.format.registry.Format;
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
 * Reads the same changes from a topic of each format: with Kafka's consumer, with the client as
 * maps, and with the client as records. Each is run secondRun and the second run is measured.
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
    System.out.println("| format | Kafka's consumer | as maps | as records |");
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
    double plain = secondRun(() -> plain(topic, changes));
    double maps = secondRun(() -> client(topic, changes, false));
    double records = secondRun(() -> client(topic, changes, true));
    System.out.printf("| `%s` | %,.0f | %,.0f | %,.0f |%n", topic, plain, maps, records);
  }

  /** A mode to read the topic; returns the changes per second. */
  private interface ReadMode {
    double rate();
  }

  private static double secondRun(ReadMode mode) {
    mode.rate();
    return mode.rate();
  }

  private double plain(String topic, long changes) {
    TopicPartition partition = new TopicPartition(topic, 0);
    Map<String, Object> properties = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = Objects.requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
      long start = System.nanoTime();
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100));
      }
      return rate(changes, start);
    }
  }

  private double client(String topic, long changes, boolean mapped) {
    AtomicLong handled = new AtomicLong();
    AtomicLong start = new AtomicLong();
    AtomicLong end = new AtomicLong();
    ChangeConsumer[] consumer = new ChangeConsumer[1];
    Runnable count =
        () -> {
          long n = handled.incrementAndGet();
          if (n == 1) {
            start.set(System.nanoTime());
          }
          if (n == changes) {
            end.set(System.nanoTime());
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
    return changes * 1e9 / (end.get() - start.get());
  }

  private static double rate(long changes, long start) {
    return changes * 1e9 / (System.nanoTime() - start);
  }
}
