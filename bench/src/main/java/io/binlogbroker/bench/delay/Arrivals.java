package io.binlogbroker.bench.delay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** When the rows of a writer arrived at a consumer. One thread. */
final class Arrivals {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long STALLED_MICROS = Duration.ofMinutes(1).toMillis() * 1_000;

  /** Both times by {@link SentTime#now}. */
  private record Arrival(long sent, long arrived) {}

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Feed feed;
  private final List<Arrival> arrivals = new ArrayList<>();

  Arrivals(KafkaConsumer<byte[], byte[]> consumer, Feed feed) {
    this.consumer = consumer;
    this.feed = feed;
  }

  /** Consumes until so many rows have come in all, or a few more. */
  void await(int count) throws Exception {
    long lastArrival = SentTime.now();
    while (arrivals.size() < count) {
      feed.requireAlive();
      if (poll() > 0) {
        lastArrival = SentTime.now();
      }
      if (SentTime.now() - lastArrival > STALLED_MICROS) {
        throw feed.failed("row " + arrivals.size() + " was the last to arrive for a minute");
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

  /** Microseconds from sending to arriving, of the rows sent since then. */
  long[] delaysSince(long sent) {
    return arrivals.stream()
        .filter(arrival -> arrival.sent() - sent >= 0)
        .mapToLong(arrival -> arrival.arrived() - arrival.sent())
        .toArray();
  }
}
