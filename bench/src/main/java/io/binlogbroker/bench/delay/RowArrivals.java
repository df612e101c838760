package io.binlogbroker.bench.delay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
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
    awaitUntil(() -> arrivals.size() >= count);
  }

  /** Consumes until a row has arrived that was sent at this time or later. */
  void awaitSentAt(long sent) throws Exception {
    awaitUntil(() -> !arrivals.isEmpty() && arrivals.get(arrivals.size() - 1).sent() - sent >= 0);
  }

  /** Consumes until a condition is met, which is evaluated after each poll. */
  void awaitUntil(BooleanSupplier isMet) throws Exception {
    long lastArrival = SentTime.now();
    while (!isMet.getAsBoolean()) {
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
    return delays(arrival -> arrival.sent() - sent >= 0);
  }

  /** Microseconds from sending to arrival, of the rows sent between two times. */
  long[] delaysBetween(long from, long to) {
    return delays(arrival -> arrival.sent() - from >= 0 && arrival.sent() - to < 0);
  }

  private long[] delays(Predicate<Arrival> of) {
    return arrivals.stream()
        .filter(of)
        .mapToLong(arrival -> arrival.arrived() - arrival.sent())
        .toArray();
  }
}
