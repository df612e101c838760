package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.event.EventKind;
import io.binlogbroker.engine.event.GroupEvents;
import io.binlogbroker.engine.model.DeliveryException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether to retry after a failure, and waits before the next attempt: longer each time,
 * until one works steadily. Belongs to the relay thread; {@link #failure} may be called from any
 * thread.
 */
public final class Retries {
  private static final Logger log = LoggerFactory.getLogger(Retries.class);
  // A failure within this time after a start belongs to the same outage, however often the start
  // succeeds.
  private static final Duration STEADY = Duration.ofSeconds(10);

  // The master waits for shorter outages to end, such as a server's restart.
  private static final Duration FUTILE = Duration.ofSeconds(15);

  private final Duration startTimeout;
  private final Consumer<Duration> pause;
  private final LongSupplier nanoTime;
  private final long startedAt;
  private final GroupEvents events;
  private final Backoff backoff = new Backoff();

  private boolean hasEverWorked;
  private boolean working;
  private long workingSince;
  private boolean failing;
  private long failingSince;

  /** Why the last attempt failed; null once changes are delivered again. */
  private volatile @Nullable String failure;

  /**
   * @param startTimeout how long to retry before the first success; unlimited after it
   * @param pause waits for a duration, or less when the program ends
   * @param nanoTime as {@link System#nanoTime}
   */
  public Retries(Duration startTimeout, Consumer<Duration> pause, LongSupplier nanoTime) {
    this(startTimeout, pause, nanoTime, GroupEvents.none());
  }

  /** As the other constructor, and each retry is reported as an event. */
  Retries(
      Duration startTimeout, Consumer<Duration> pause, LongSupplier nanoTime, GroupEvents events) {
    this.events = events;
    this.startTimeout = startTimeout;
    this.pause = pause;
    this.nanoTime = nanoTime;
    this.startedAt = nanoTime.getAsLong();
  }

  /** All servers were reached. */
  void working() {
    hasEverWorked = true;
    working = true;
    workingSince = nanoTime.getAsLong();
  }

  /** Why nothing works now; null while no attempt has failed since something worked. */
  @Nullable String failure() {
    return failure;
  }

  /**
   * Changes were delivered since: the next failure is a new outage, not a continuation of the last
   * one.
   */
  void progressed() {
    reset();
    failure = null;
  }

  /** What failed last works again, or does not matter any more. */
  void recovered() {
    failure = null;
  }

  /** Retries without limit from now on. */
  void persist() {
    hasEverWorked = true;
  }

  /** Whether attempts have failed for so long that another broker should try. */
  boolean isFutile() {
    return failing && isOver(FUTILE, failingSince);
  }

  /** Begins a new outage with the next failure; the reason of the last one remains. */
  void reset() {
    failing = false;
    working = false;
    backoff.reset();
  }

  /**
   * Waits before the next attempt.
   *
   * @throws DeliveryException that same failure, when there is to be no retry
   */
  public void after(DeliveryException failedWith) {
    if (!failedWith.isRetriable() || (!hasEverWorked && isOver(startTimeout, startedAt))) {
      throw failedWith;
    }
    if (working && isOver(STEADY, workingSince)) {
      reset();
    }
    working = false;
    if (!failing) {
      failing = true;
      failingSince = nanoTime.getAsLong();
    }
    failure = sentence(failedWith);
    Duration wait = backoff.next();
    events.add(EventKind.RECONNECT, sentence(failedWith));
    log.warn("{} Trying again in {} ms.", sentence(failedWith), wait.toMillis());
    pause.accept(wait);
  }

  private boolean isOver(Duration time, long since) {
    return nanoTime.getAsLong() - since >= time.toNanos();
  }

  private static String sentence(DeliveryException e) {
    String message = String.valueOf(e.getMessage());
    return message.endsWith(".") ? message : message + ".";
  }
}
