package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.model.DeliveryException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a failure is tried again, and lets the next try wait: longer each time, until one
 * works steadily. Belongs to the relay thread.
 */
public final class Retries {
  private static final Logger log = LoggerFactory.getLogger(Retries.class);
  // What fails sooner after its start than this is not fixed, however often it starts.
  private static final Duration STEADY = Duration.ofSeconds(10);

  // The master waits for the end of shorter outages, such as a server's restart.
  private static final Duration FUTILE = Duration.ofSeconds(15);

  private final Duration startTimeout;
  private final Consumer<Duration> pause;
  private final LongSupplier nanoTime;
  private final long begunAt;
  private final Backoff backoff = new Backoff();

  private boolean everWorked;
  private boolean working;
  private long workingSince;
  private boolean failing;
  private long failingSince;

  /**
   * @param startTimeout how long to retry before the first success; after it, without limit
   * @param pause waits that long, or shorter when there is nothing more to do
   * @param nanoTime as {@link System#nanoTime}
   */
  public Retries(Duration startTimeout, Consumer<Duration> pause, LongSupplier nanoTime) {
    this.startTimeout = startTimeout;
    this.pause = pause;
    this.nanoTime = nanoTime;
    this.begunAt = nanoTime.getAsLong();
  }

  /** Everything that is needed was reached. */
  void working() {
    everWorked = true;
    working = true;
    workingSince = nanoTime.getAsLong();
  }

  /** Something was delivered since: the next failure is another outage, not more of the last. */
  void progressed() {
    reset();
  }

  /** Never gives up from now on. */
  void persist() {
    everWorked = true;
  }

  /** Whether tries have failed for so long that another broker should try. */
  boolean isFutile() {
    return failing && isOver(FUTILE, failingSince);
  }

  /** Forgets earlier failures: something else is tried now. */
  void reset() {
    failing = false;
    working = false;
    backoff.reset();
  }

  /**
   * Waits before the next try.
   *
   * @throws DeliveryException that same failure, when there is to be none
   */
  public void after(DeliveryException failure) {
    if (!failure.isRetriable() || (!everWorked && isOver(startTimeout, begunAt))) {
      throw failure;
    }
    if (working && isOver(STEADY, workingSince)) {
      reset();
    }
    working = false;
    if (!failing) {
      failing = true;
      failingSince = nanoTime.getAsLong();
    }
    Duration wait = backoff.next();
    log.warn("{} Trying again in {} ms.", sentence(failure), wait.toMillis());
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
