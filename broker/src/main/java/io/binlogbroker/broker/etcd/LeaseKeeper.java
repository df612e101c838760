package io.binlogbroker.broker.etcd;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.relay.GroupContext;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a master's lease, on the thread {@code lease-renewal}, and tells of its loss, on the thread
 * {@code lease-watch}: the first may hang in a request when the time has come. The other methods
 * may be called by any thread.
 */
final class LeaseKeeper {
  private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);

  private final MasterLock lock;
  private final HeldUntil held;
  private final Duration ttl;
  private final Runnable lost;
  private final Semaphore nudges = new Semaphore(0);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<@Nullable String> description = new AtomicReference<>();
  private volatile boolean resigned;
  // Of the renewal thread.
  private boolean inTrouble;

  /**
   * @param lost what is run once the lease is lost
   */
  LeaseKeeper(MasterLock lock, HeldUntil held, Duration ttl, Runnable lost) {
    this.lock = lock;
    this.held = held;
    this.ttl = ttl;
    this.lost = lost;
  }

  /** How long a lease is counted on after it was asked for: less than etcd keeps it. */
  static Duration countedOn(Duration ttl) {
    return ttl.minus(ttl.dividedBy(10));
  }

  void start() {
    start("lease-renewal", this::renew);
    start("lease-watch", this::watch);
  }

  private static void start(String name, Runnable work) {
    Thread thread = GroupContext.newThread(name, work);
    thread.start();
  }

  /** Leaves a new description of the master in the lock, soon. */
  void describe(String master) {
    description.set(master);
    nudges.release();
  }

  /** Ends both threads; no longer a loss. */
  void resign() {
    resigned = true;
    end();
  }

  private void end() {
    held.end();
    ended.countDown();
    nudges.release();
  }

  private void renew() {
    try {
      while (held.isAhead()) {
        Duration pause = beat();
        nudges.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
        nudges.drainPermits();
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; the watch will tell of the loss.
      Thread.currentThread().interrupt();
    }
  }

  /** Renews and confirms once; returns how long to wait before the next time. */
  private Duration beat() {
    // The lease runs from when etcd got the request at the earliest, which was not sent before.
    long sent = System.nanoTime();
    String news = description.get();
    try {
      if (!lock.renew()) {
        endFor("its lease has ended");
        return Duration.ZERO;
      }
      held.extendTo(sent + countedOn(ttl).toNanos());
      if (!lock.confirm(news)) {
        endFor("its key was removed or replaced");
        return Duration.ZERO;
      }
      description.compareAndSet(news, null);
      recovered();
      return ttl.dividedBy(6);
    } catch (DeliveryException e) {
      failed(e);
      return ttl.dividedBy(12);
    } catch (RuntimeException e) {
      GroupContext.currentFailures().add(e);
      return ttl.dividedBy(12);
    }
  }

  private void endFor(String reason) {
    if (held.isAhead()) {
      log.warn("The lock of the master is lost: {}", reason);
    }
    end();
  }

  private void failed(DeliveryException e) {
    if (!inTrouble && held.isAhead()) {
      log.warn(
          "The lease of the master is not renewed, and is lost in {} ms unless it is: {}",
          TimeUnit.NANOSECONDS.toMillis(held.remainingNanos()),
          e.getMessage());
    }
    inTrouble = true;
  }

  private void recovered() {
    if (inTrouble) {
      log.info("The lease of the master is renewed again");
    }
    inTrouble = false;
  }

  private void watch() {
    try {
      while (held.isAhead() && !ended.await(held.remainingNanos(), TimeUnit.NANOSECONDS)) {
        log.debug("The lease was renewed in the meantime");
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; were it so, nobody could tell of a loss.
      Thread.currentThread().interrupt();
    }
    held.end();
    if (!resigned) {
      GroupContext.currentFailures().survive(lost);
    }
  }
}
