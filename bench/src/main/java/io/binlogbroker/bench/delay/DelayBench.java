package io.binlogbroker.bench.delay;

import io.binlogbroker.bench.kafka.BenchTopics;
import io.binlogbroker.bench.load.BinlogPlace;
import io.binlogbroker.bench.load.WrittenLoad;
import io.binlogbroker.bench.subject.BrokerSubject;
import io.binlogbroker.bench.subject.Servers;
import io.binlogbroker.bench.subject.SubjectProcess;
import io.binlogbroker.broker.config.Delivery;
import io.binlogbroker.broker.format.Format;
import java.time.Duration;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Measures how long rows take through a freshly started broker with its default settings, one rate
 * after the other. The consumer runs on the calling thread.
 */
public final class DelayBench {
  private static final String SCHEMA = "delay";
  private static final int WARM_UP_SECONDS = 8;

  /** Kafka and the broker are warm when their compilers have seen so many. */
  private static final int WARM_UP_TRANSACTIONS = 8_000;

  private final Servers servers;
  private final Format format;
  private final int seconds;

  private DelayBench(Servers servers, Format format, int seconds) {
    this.servers = servers;
    this.format = format;
    this.seconds = seconds;
  }

  /** Makes the table. */
  public static DelayBench prepare(Servers servers, Format format, int seconds) {
    servers
        .mysql()
        .execute(
            "CREATE DATABASE delay",
            "CREATE TABLE delay.events (id BIGINT AUTO_INCREMENT PRIMARY KEY, "
                + SentTime.COLUMN
                + " BIGINT NOT NULL, pad VARCHAR(100) NOT NULL)");
    return new DelayBench(servers, format, seconds);
  }

  public DelayResult run(int rate) throws Exception {
    WrittenLoad load = new WrittenLoad(SCHEMA, BinlogPlace.end(servers.mysql()), 0);
    BrokerSubject broker = new BrokerSubject(servers, Delivery.EXACTLY_ONCE, format);
    try (BenchTopics topic = BenchTopics.create(servers.kafka(), SCHEMA + "-" + rate);
        KafkaConsumer<byte[], byte[]> consumer = topic.consumer();
        SubjectProcess process = broker.start(load, topic.name())) {
      Arrivals arrivals = new Arrivals(consumer, process);
      awaitFirst(arrivals);
      return measure(rate, arrivals);
    }
  }

  /** The process has started when one row has come through. */
  private void awaitFirst(Arrivals arrivals) throws Exception {
    try (FixedRateWriter writer = FixedRateWriter.start(servers.mysql(), 1, 1)) {
      arrivals.await(1);
      writer.reached();
    }
  }

  private DelayResult measure(int rate, Arrivals arrivals) throws Exception {
    int warmUp = Math.max(rate * WARM_UP_SECONDS, WARM_UP_TRANSACTIONS);
    int count = warmUp + rate * seconds;
    long from = SentTime.now() + Duration.ofSeconds(warmUp / rate).toMillis() * 1_000;
    try (FixedRateWriter writer = FixedRateWriter.start(servers.mysql(), rate, count)) {
      arrivals.await(count);
      return DelayResult.of(rate, writer.reached(), arrivals.delaysSince(from));
    }
  }
}
