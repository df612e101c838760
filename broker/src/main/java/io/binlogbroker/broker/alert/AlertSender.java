package io.binlogbroker.broker.alert;

import io.binlogbroker.engine.thread.GroupContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends alerts one after the other on the thread {@code alerts}, each until the webhook accepts it.
 * Where too many wait, the oldest one is dropped. {@link #add} may be called by any thread, and
 * never waits for the webhook.
 */
final class AlertSender implements AutoCloseable {
  static final int MAX_WAITING = 100;

  private static final Logger log = LoggerFactory.getLogger(AlertSender.class);
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;

  private final Webhook webhook;
  private final Function<Alert, String> text;
  private final Duration end;
  private final long firstPause;
  private final Deque<Alert> waiting = new ArrayDeque<>();
  private long dropped;
  private boolean ending;
  private @Nullable Thread thread;

  /** Of the sending thread. */
  private long failures;

  /**
   * @param text the JSON of an alert
   * @param end how long {@link #close} waits until the last ones are sent
   */
  AlertSender(Webhook webhook, Function<Alert, String> text, Duration end) {
    this(webhook, text, end, FIRST_PAUSE_MILLIS);
  }

  AlertSender(Webhook webhook, Function<Alert, String> text, Duration end, long firstPause) {
    this.webhook = webhook;
    this.text = text;
    this.end = end;
    this.firstPause = firstPause;
  }

  /** Begins, for the group that the current thread works for. */
  synchronized void start() {
    thread = GroupContext.newThread("alerts", this::run);
    thread.start();
  }

  synchronized void add(Alert alert) {
    if (waiting.size() == MAX_WAITING) {
      waiting.removeFirst();
      dropped++;
    }
    waiting.addLast(alert);
    notifyAll();
  }

  /** How many alerts were never sent, since there were too many or the webhook refused them. */
  synchronized long dropped() {
    return dropped;
  }

  private void run() {
    try {
      Alert next = take();
      while (next != null) {
        send(next);
        next = take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable Alert take() throws InterruptedException {
    while (waiting.isEmpty() && !ending) {
      wait();
    }
    return waiting.peekFirst();
  }

  private void send(Alert alert) throws InterruptedException {
    try {
      webhook.post(text.apply(alert));
      done(alert);
      worked();
    } catch (Webhook.RefusedException e) {
      log.warn("{} refuses the alert \"{}\": {}", webhook, alert.text(), e.getMessage());
      refused(alert);
    } catch (IOException e) {
      failed(e);
    } catch (RuntimeException e) {
      GroupContext.currentFailures().add(e);
      refused(alert);
    }
  }

  /** It may have been dropped meanwhile. */
  private synchronized boolean done(Alert alert) {
    if (waiting.peekFirst() != alert) {
      return false;
    }
    waiting.removeFirst();
    return true;
  }

  private synchronized void refused(Alert alert) {
    if (done(alert)) {
      dropped++;
    }
  }

  private void worked() {
    if (failures > 0) {
      log.info("Alerts are sent to {} again", webhook);
    }
    failures = 0;
  }

  private void failed(IOException e) throws InterruptedException {
    if (failures == 0) {
      log.warn("Alerts wait until {} accepts them: {}", webhook, e.getMessage());
    }
    long doubled = firstPause << Math.min(failures, 16);
    failures++;
    pause(Math.min(doubled, LONGEST_PAUSE_MILLIS));
  }

  /** The end is no reason to retry without a pause, but for one last attempt. */
  private synchronized void pause(long millis) throws InterruptedException {
    boolean lastAttempt = ending;
    long left = millis;
    long until = System.nanoTime() + millis * 1_000_000;
    while (left > 0 && ending == lastAttempt) {
      wait(left);
      left = (until - System.nanoTime()) / 1_000_000;
    }
  }

  /** Sends what waits, in bounded time. */
  @Override
  public void close() {
    Thread running = end();
    if (running == null) {
      return;
    }
    try {
      running.join(end.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running.interrupt();
  }

  private synchronized @Nullable Thread end() {
    ending = true;
    notifyAll();
    return thread;
  }
}
