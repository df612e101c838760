package io.binlogbroker.broker.event;

import io.binlogbroker.broker.timer.GroupTimer;
import io.binlogbroker.engine.model.DeliveryException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the events of a group every second on the thread {@code events}, so that nobody who
 * reports one waits for the store. While the store cannot be used, they are kept in memory, and the
 * pauses between attempts grow to a minute.
 */
public final class EventSaver implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventSaver.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration END = Duration.ofSeconds(2);
  private static final int LONGEST_PAUSE = 60;

  private final EventRing ring;
  private final EventStore store;
  private final GroupTimer timer = new GroupTimer("events", Duration.ZERO, PERIOD, this::step);

  /** Whether the ring has what is stored. Also cleared by the thread that asks for a reload. */
  private volatile boolean loaded;

  /** The periods to wait after the last failure; 0 while there is none. */
  private int pause;

  private int left;

  public EventSaver(EventRing ring, EventStore store) {
    this.ring = ring;
    this.store = store;
  }

  /** Begins, with what is stored. Called by a thread of the group. */
  public void start() {
    timer.start();
  }

  /** Has what other brokers have stored read soon. Any thread. */
  public void reload() {
    loaded = false;
  }

  /** What is due after a period. */
  void step() {
    left--;
    if (left <= 0) {
      attempt();
    }
  }

  private void attempt() {
    try {
      load();
      save();
      pause = 0;
    } catch (DeliveryException e) {
      failed(e);
    }
  }

  private void load() {
    if (!loaded) {
      loaded = true;
      ring.merge(store.load());
    }
  }

  /** After an outage the ring may have forgotten what is to be deleted: it is compared again. */
  private void failed(DeliveryException e) {
    if (pause == 0) {
      log.warn("Events are kept in memory only, until they can be stored: {}", e.getMessage());
    }
    pause = Math.min(LONGEST_PAUSE, pause == 0 ? 1 : pause * 2);
    left = pause;
    loaded = false;
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
    timer.closeAfter(this::attempt, END);
  }
}
