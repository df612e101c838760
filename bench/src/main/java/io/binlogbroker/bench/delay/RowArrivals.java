package io.binlogbroker.bench.delay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** The arrival times of a writer's rows at a consumer. One thread. */
final class RowArrivals {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long STALLED_MICROS = Duration.ofMinutes(1).toMillis() * 1_000;

  /** Both times are from {@link SentTime#now}. */
  private record Arrival(long sent, long arrived) {}

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final RowSource source;
  private final List<Arrival> arrivals = new ArrayList<>();

  RowArrivals(KafkaConsumer<byte[], byte[]> consumer, RowSource source) {
    this.consumer = consumer;
    this.source = source;
  }

  /** Consumes until at least this many rows have arrived in total. */
  void await(int count) throws Exception {
    long lastArrival = SentTime.now();
    while (arrivals.size() < count) {
      source.requireAlive();
      if (poll() > 0) {
        lastArrival = SentTime.now();
      }
      if (SentTime.now() - lastArrival > STALLED_MICROS) {
        throw source.failed("no row arrived for a minute after row " + arrivals.size());
      }
    }
  }

  private int poll() {
    int count = 0;
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      arrivals.add(new Arrival(SentTime.of(record.value()), SentTime.now()));
      count++;
    }
    return count;
  }

  /** Microseconds from sending to arrival, of the rows sent since then. */
  long[] delaysSince(long sent) {
    return arrivals.stream()
        .filter(arrival -> arrival.sent() - sent >= 0)
        .mapToLong(arrival -> arrival.arrived() - arrival.sent())
        .toArray();
  }
}
