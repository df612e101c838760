package io.binlogbroker.broker.event;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.relay.GroupContext;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the events of a group every second on the thread {@code events}, so that nobody who
 * reports one waits for the store. While the store cannot be written, they are kept in memory.
 */
public final class EventSaver implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventSaver.class);
  private static final long PERIOD_MILLIS = 1_000;
  private static final long END_MILLIS = 2_000;

  private final EventRing ring;
  private final EventStore store;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(task -> GroupContext.newThread("events", task));
  private boolean loaded;
  private boolean failing;

  public EventSaver(EventRing ring, EventStore store) {
    this.ring = ring;
    this.store = store;
  }

  /** Begins, with what is stored. Called by a thread of the group. */
  public void start() {
    var unused =
        executor.scheduleWithFixedDelay(
            () -> GroupContext.currentFailures().survive(this::step),
            0,
            PERIOD_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /** Has what other brokers have stored read soon. Any thread of the group. */
  public void reload() {
    executor.execute(() -> GroupContext.currentFailures().survive(this::forget));
  }

  private void forget() {
    loaded = false;
  }

  private void step() {
    try {
      if (!loaded) {
        ring.merge(store.load());
        loaded = true;
      }
      save();
      failing = false;
    } catch (DeliveryException e) {
      if (!failing) {
        log.warn("Events are kept in memory only, until they can be stored: {}", e.getMessage());
      }
      failing = true;
    }
  }

  private void save() {
    EventRing.Changes changes = ring.takeChanges();
    if (changes.isEmpty()) {
      return;
    }
    try {
      store.save(changes);
    } catch (DeliveryException e) {
      ring.putBack(changes);
      throw e;
    }
  }

  /** Stores the last events, in bounded time. */
  @Override
  public void close() {
    executor.execute(() -> GroupContext.currentFailures().survive(this::step));
    executor.shutdown();
    try {
      if (executor.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    executor.shutdownNow();
  }
}
