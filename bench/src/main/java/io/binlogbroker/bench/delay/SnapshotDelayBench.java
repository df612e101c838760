package io.binlogbroker.bench.delay;

import io.binlogbroker.bench.kafka.BenchTopics;
import io.binlogbroker.bench.load.ServerPosition;
import io.binlogbroker.bench.load.WrittenLoad;
import io.binlogbroker.bench.subject.BrokerSubject;
import io.binlogbroker.bench.subject.Servers;
import io.binlogbroker.bench.subject.StreamWithSnapshot;
import io.binlogbroker.bench.subject.SubjectProcess;
import io.binlogbroker.broker.config.Delivery;
import io.binlogbroker.engine.format.registry.Format;
import java.time.Duration;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Measures the latency of a steady stream while a newly started broker delivers the existing rows
 * of another table, and without that. The consumer runs on the calling thread.
 */
public final class SnapshotDelayBench {
  private static final int LIMIT_SECONDS = 600;

  private final Servers servers;
  private final Format format;
  private final DelayBench bench;

  private SnapshotDelayBench(Servers servers, Format format, DelayBench bench) {
    this.servers = servers;
    this.format = format;
    this.bench = bench;
  }

  /**
   * Creates the stream's table and warms up Kafka.
   *
   * @param seconds at each rate without a snapshot
   */
  public static SnapshotDelayBench prepare(Servers servers, Format format, int seconds)
      throws Exception {
    return new SnapshotDelayBench(servers, format, DelayBench.prepare(servers, format, seconds));
  }

  /** Measures one rate: first without, then with a snapshot of a load's rows. */
  public SnapshotDelayResult run(int rate, WrittenLoad existing) throws Exception {
    DelayResult without = bench.run(rate);
    String name = DelayBench.SCHEMA + "-snapshot-" + rate;
    WrittenLoad load =
        new WrittenLoad(DelayBench.SCHEMA, ServerPosition.end(servers.mysql()), rate);
    try (BenchTopics stream = BenchTopics.create(servers.kafka(), name);
        BenchTopics rows = BenchTopics.create(servers.kafka(), name + "-rows");
        KafkaConsumer<byte[], byte[]> consumer = stream.consumer();
        SubjectProcess process = broker(existing.schema(), rows.name()).start(load, stream.name());
        SnapshotObserver watch = SnapshotObserver.start(rows, existing.changes())) {
      RowArrivals arrivals = new RowArrivals(consumer, new SubjectSource(process));
      return measure(without, arrivals, watch, existing.changes());
    }
  }

  private BrokerSubject broker(String existing, String rows) {
    return new BrokerSubject(
        servers, Delivery.EXACTLY_ONCE, format, new StreamWithSnapshot(existing, rows));
  }

  private SnapshotDelayResult measure(
      DelayResult without, RowArrivals arrivals, SnapshotObserver watch, long existing)
      throws Exception {
    int rate = without.rate();
    try (FixedRateWriter writer =
        FixedRateWriter.start(servers.mysql(), rate, rate * LIMIT_SECONDS)) {
      // The broker starts at the end of the log: rows that were written before do not arrive.
      arrivals.await(1);
      long warm = SentTime.now() + warmUpMicros(rate);
      arrivals.awaitUntil(watch::isOver);
      SnapshotTime time = watch.time();
      arrivals.awaitSentAt(time.to());
      writer.stop();
      SnapshotTime measured = new SnapshotTime(Math.max(warm, time.from()), time.to());
      requireLong(measured);
      return new SnapshotDelayResult(
          without,
          Delays.of(arrivals.delaysBetween(measured.from(), measured.to())),
          Delays.of(writer.insertsBetween(measured.from(), measured.to())),
          existing,
          measured.seconds(),
          existing / time.seconds());
    }
  }

  private static long warmUpMicros(int rate) {
    return Duration.ofSeconds(DelayBench.warmUp(rate) / rate).toMillis() * 1_000;
  }

  private static void requireLong(SnapshotTime measured) {
    if (measured.seconds() < 1) {
      throw new IllegalStateException(
          "Expected a snapshot that takes longer than the warm-up of the stream; fix: increase"
              + " --snapshot-rows");
    }
  }
}
