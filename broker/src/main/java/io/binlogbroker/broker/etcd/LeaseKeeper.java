package io.binlogbroker.broker.etcd;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.thread.GroupContext;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews a master's lease on the thread {@code lease-renewal} and reports its loss on the thread
 * {@code lease-watch}, because the first may be blocked in a request at the deadline. The other
 * methods may be called by any thread.
 */
final class LeaseKeeper {
  private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);

  private final MasterLock lock;
  private final LeaseDeadline deadline;
  private final Duration ttl;
  private final Runnable lost;
  private final Semaphore nudges = new Semaphore(0);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicReference<@Nullable String> description = new AtomicReference<>();
  private volatile boolean resigned;
  // Belongs to the renewal thread.
  private boolean failing;

  /**
   * @param lost runs once the lease is lost
   */
  LeaseKeeper(MasterLock lock, LeaseDeadline deadline, Duration ttl, Runnable lost) {
    this.lock = lock;
    this.deadline = deadline;
    this.ttl = ttl;
    this.lost = lost;
  }

  /** How long a lease is used after its request was sent: less than etcd keeps it. */
  static Duration usableTime(Duration ttl) {
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

  /** Writes a new description of the master to the lock with the next renewal. */
  void describe(String master) {
    description.set(master);
    nudges.release();
  }

  /** Ends both threads without reporting a loss. */
  void resign() {
    resigned = true;
    end();
  }

  private void end() {
    deadline.end();
    ended.countDown();
    nudges.release();
  }

  private void renew() {
    try {
      while (deadline.isPending()) {
        Duration pause = renewOnce();
        nudges.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
        nudges.drainPermits();
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; if it ends, lease-watch reports the loss.
      Thread.currentThread().interrupt();
    }
  }

  /** Renews and confirms once; returns the pause before the next renewal. */
  private Duration renewOnce() {
    // etcd's lease runs from the receipt of the request, which is not earlier than this.
    long sentAt = System.nanoTime();
    String nudged = description.get();
    try {
      if (!lock.renew()) {
        endFor("its lease has expired");
        return Duration.ZERO;
      }
      deadline.extendTo(sentAt + usableTime(ttl).toNanos());
      if (!lock.confirm(nudged)) {
        endFor("its key was removed or replaced");
        return Duration.ZERO;
      }
      description.compareAndSet(nudged, null);
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
    if (deadline.isPending()) {
      log.warn("The master's lock is lost: {}", reason);
    }
    end();
  }

  private void failed(DeliveryException e) {
    if (!failing && deadline.isPending()) {
      log.warn(
          "The master's lease could not be renewed and will be lost in {} ms unless a retry"
              + " succeeds: {}",
          TimeUnit.NANOSECONDS.toMillis(deadline.remainingNanos()),
          e.getMessage());
    }
    failing = true;
  }

  private void recovered() {
    if (failing) {
      log.info("The master's lease is renewed again");
    }
    failing = false;
  }

  private void watch() {
    try {
      while (deadline.isPending()
          && !ended.await(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
        log.debug("The lease has been renewed meanwhile");
      }
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; a loss could not be reported without it.
      Thread.currentThread().interrupt();
    }
    deadline.end();
    if (!resigned) {
      GroupContext.currentFailures().survive(lost);
    }
  }
}
