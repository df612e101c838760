package io.binlogbroker.demo;

import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.cli.consume.MessagePrinter;
import io.binlogbroker.cli.terminal.Console;
import io.binlogbroker.client.ChangeReader;
import io.binlogbroker.client.ChangeRecord;
import io.binlogbroker.client.ChangeRecord.Half;
import io.binlogbroker.client.RowChange.Operation;
import io.binlogbroker.testkit.KafkaServer;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads the topics as any consumer does, on its own thread, and prints each message as it arrives,
 * with the line of rates.
 */
final class LiveConsumer implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration STEP = Duration.ofMillis(20);
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(30);
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  private final ChangeReader reader;
  private final Console console;
  private final MessagePrinter printer;
  private final RateLine rates = new RateLine(System.nanoTime());
  private final AtomicLong existingRows = new AtomicLong();
  private final StopSignal end = new StopSignal();
  private final Set<String> topics = Collections.synchronizedSet(new TreeSet<>());
  private final BackgroundTask reading;
  private long lastRates;

  LiveConsumer(KafkaServer kafka, Console console) {
    this.reader =
        ChangeReader.open(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            ShopSchema.TOPICS,
            ChangeReader.Start.BEGINNING);
    this.console = console;
    this.printer = new MessagePrinter(console.colours());
    this.reading = BackgroundTask.start("consumer", this::run);
  }

  private void run() {
    try (reader) {
      while (!end.isRaised()) {
        reader.poll(POLL).forEach(this::accept);
        showRates();
      }
    }
  }

  private void accept(ChangeRecord record) {
    console.line(printer.line(record));
    topics.add(record.topic());
    count(record);
  }

  private void count(ChangeRecord record) {
    if (record.change().operation() == Operation.READ) {
      existingRows.incrementAndGet();
      return;
    }
    // The two halves of a key change count as one change.
    rates.arrived(record.half() == Half.ARRIVES ? 0 : 1);
  }

  private void showRates() {
    long now = System.nanoTime();
    if (rates.hasStarted() && now - lastRates >= console.topPause().toNanos()) {
      lastRates = now;
      console.top(console.colours().reverse(rates.line(now)));
    }
  }

  RateLine rates() {
    return rates;
  }

  /** The topics from which messages arrived. */
  Set<String> topics() {
    return Set.copyOf(topics);
  }

  /** Throws the exception with which reading failed, if it did. */
  void check() {
    reading.check();
  }

  /**
   * Waits until this many changes and existing rows have arrived, the signal is raised, or no more
   * arrive.
   */
  void awaitArrival(long expected, StopSignal stop, Runnable check) {
    long arrived = arrived();
    long since = System.nanoTime();
    while (arrived < expected && System.nanoTime() - since < SILENCE_LIMIT.toNanos()) {
      if (stop.await(STEP)) {
        return;
      }
      check.run();
      if (arrived() != arrived) {
        arrived = arrived();
        since = System.nanoTime();
      }
    }
  }

  private long arrived() {
    return rates.arrived() + existingRows.get();
  }

  @Override
  public void close() {
    end.raise();
    reading.awaitEnd(END_LIMIT);
  }
}
