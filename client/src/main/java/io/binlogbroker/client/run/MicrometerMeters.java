package io.binlogbroker.client.run;

import io.binlogbroker.client.Change;
import io.binlogbroker.client.SourceTable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Records metrics in a Micrometer registry. Any thread. */
public final class MicrometerMeters implements Meters {
  private static final String PREFIX = "binlogbroker.client.";

  private final MeterRegistry registry;
  private final Map<SourceTable, Counter> changes = new ConcurrentHashMap<>();
  private final Timer handling;
  private final Counter repeats;
  private final Counter retries;
  private final Counter deadLetters;
  private final Counter lost;
  private final AtomicInteger underWay = new AtomicInteger();

  public MicrometerMeters(MeterRegistry registry) {
    this.registry = registry;
    this.handling = registry.timer(PREFIX + "handling");
    this.repeats = registry.counter(PREFIX + "repeats");
    this.retries = registry.counter(PREFIX + "retries");
    this.deadLetters = registry.counter(PREFIX + "dead.letters");
    this.lost = registry.counter(PREFIX + "lost");
    registry.gauge(PREFIX + "under.way", underWay);
  }

  @Override
  public void handled(List<Change<?>> handled, long nanos) {
    handled.forEach(change -> changes.computeIfAbsent(change.table(), this::counter).increment());
    handling.record(nanos, TimeUnit.NANOSECONDS);
  }

  private Counter counter(SourceTable table) {
    return registry.counter(PREFIX + "changes", "table", table.toString());
  }

  @Override
  public void repeated() {
    repeats.increment();
  }

  @Override
  public void retried() {
    retries.increment();
  }

  @Override
  public void deadLettered() {
    deadLetters.increment();
  }

  @Override
  public void lost(long messages) {
    lost.increment(messages);
  }

  @Override
  public void underWay(int messages) {
    underWay.set(messages);
  }
}
