package io.binlogbroker.bench.delay;

import io.binlogbroker.bench.kafka.BenchTopics;
import io.binlogbroker.bench.load.ServerPosition;
import io.binlogbroker.bench.load.WrittenLoad;
import io.binlogbroker.bench.subject.BrokerSubject;
import io.binlogbroker.bench.subject.Servers;
import io.binlogbroker.bench.subject.SubjectProcess;
import io.binlogbroker.broker.config.Delivery;
import io.binlogbroker.engine.format.registry.Format;
import java.time.Duration;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Measures the latency of rows through a newly started broker with its default settings, rate by
 * rate. The consumer runs on the calling thread.
 */
public final class DelayBench {
  static final String SCHEMA = "delay";
  private static final int WARM_UP_SECONDS = 8;
  private static final int WARM_UP_RATE = 3_000;

  /** After this many transactions, Kafka and the broker are compiled. */
  private static final int WARM_UP_TRANSACTIONS = 8_000;

  private final Servers servers;
  private final Format format;
  private final int seconds;

  private DelayBench(Servers servers, Format format, int seconds) {
    this.servers = servers;
    this.format = format;
    this.seconds = seconds;
  }

  /**
   * Creates the table and warms up Kafka: at 1,000 commits per second the maximum latency of a
   * commit is 50 ms just after its start, later 12 ms.
   */
  public static DelayBench prepare(Servers servers, Format format, int seconds) throws Exception {
    servers
        .mysql()
        .execute(
            "CREATE DATABASE delay",
            "CREATE TABLE delay.events (id BIGINT AUTO_INCREMENT PRIMARY KEY, "
                + SentTime.COLUMN
                + " BIGINT NOT NULL, pad VARCHAR(100) NOT NULL)");
    DelayBench bench = new DelayBench(servers, format, seconds);
    bench.sinkOnly("warm-up", WARM_UP_RATE);
    return bench;
  }

  /** Measures one rate: first only the sink, then a broker. */
  public DelayResult run(int rate) throws Exception {
    Delays kafka = sinkOnly("kafka-" + rate, rate);
    WrittenLoad load = new WrittenLoad(SCHEMA, ServerPosition.end(servers.mysql()), 0);
    BrokerSubject broker = new BrokerSubject(servers, Delivery.EXACTLY_ONCE, format);
    try (BenchTopics topic = BenchTopics.create(servers.kafka(), SCHEMA + "-" + rate);
        KafkaConsumer<byte[], byte[]> consumer = topic.consumer();
        SubjectProcess process = broker.start(load, topic.name())) {
      RowArrivals arrivals = new RowArrivals(consumer, new SubjectSource(process));
      awaitFirst(arrivals);
      return measure(rate, arrivals, kafka);
    }
  }

  private Delays sinkOnly(String suffix, int rate) throws Exception {
    String name = SCHEMA + "-" + suffix;
    int count = warmUp(rate) + rate * seconds;
    try (BenchTopics topic = BenchTopics.create(servers.kafka(), name);
        KafkaConsumer<byte[], byte[]> consumer = topic.consumer();
        SinkWriter writer = SinkWriter.start(servers.kafka(), name, rate, count)) {
      RowArrivals arrivals = new RowArrivals(consumer, writer);
      arrivals.await(warmUp(rate));
      long from = SentTime.now();
      arrivals.await(count);
      return Delays.of(arrivals.delaysSince(from));
    }
  }

  /** The process has started when one row has arrived. */
  private void awaitFirst(RowArrivals arrivals) throws Exception {
    try (FixedRateWriter writer = FixedRateWriter.start(servers.mysql(), 1, 1)) {
      arrivals.await(1);
      writer.reached();
    }
  }

  private DelayResult measure(int rate, RowArrivals arrivals, Delays kafka) throws Exception {
    int warmUp = warmUp(rate);
    int count = warmUp + rate * seconds;
    long from = SentTime.now() + Duration.ofSeconds(warmUp / rate).toMillis() * 1_000;
    try (FixedRateWriter writer = FixedRateWriter.start(servers.mysql(), rate, count)) {
      arrivals.await(1 + count);
      return new DelayResult(
          rate,
          writer.reached(),
          Delays.of(arrivals.delaysSince(from)),
          Delays.of(writer.insertsFrom(warmUp)),
          kafka);
    }
  }

  /** The number of rows before the measured ones. */
  static int warmUp(int rate) {
    return Math.max(rate * WARM_UP_SECONDS, WARM_UP_TRANSACTIONS);
  }
}
