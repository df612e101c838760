package io.binlogbroker.cli.process;

import io.binlogbroker.client.ChangeReader;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Records when changes arrive at a {@code read_committed} consumer of the shop's topics, on its own
 * thread, to measure how long a consumer waits for a new master.
 */
final class Arrivals implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(50);

  private final ConcurrentSkipListSet<Long> nanos = new ConcurrentSkipListSet<>();
  private final CountDownLatch reading = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean stopping;

  Arrivals(Shop shop) {
    Set<String> topics =
        Stream.of(ShopTable.values()).map(ShopTable::topic).collect(Collectors.toSet());
    thread = new Thread(() -> read(shop, topics), "arrivals");
    thread.start();
  }

  private void read(Shop shop, Set<String> topics) {
    Map<String, Object> kafka = Map.of("bootstrap.servers", shop.kafka().bootstrapServers());
    try (ChangeReader reader = ChangeReader.open(kafka, topics, ChangeReader.Start.END)) {
      while (!stopping) {
        if (!reader.poll(STEP).isEmpty()) {
          nanos.add(System.nanoTime());
        }
        reading.countDown();
      }
    }
  }

  /**
   * The time from that moment to the end of the consumer's longest wait, the new master's first
   * change. Call it when changes arrive again.
   */
  Duration waitAfter(long moment) {
    long longest = 0;
    long end = moment;
    long last = moment;
    for (long arrival : nanos.tailSet(moment)) {
      if (arrival - last > longest) {
        longest = arrival - last;
        end = arrival;
      }
      last = arrival;
    }
    return Duration.ofNanos(end - moment);
  }

  /** Waits until changes arrive after that moment. */
  void awaitAfter(long moment) {
    BrokerPair.await("changes", () -> nanos.higher(moment) != null);
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
