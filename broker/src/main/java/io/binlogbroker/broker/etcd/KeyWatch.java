package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.ha.StopSignal;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits until a key may have changed: it was changed, or etcd cannot report changes any more (it
 * restarted or compacted the revisions). Created for one wait by one thread; etcd's client calls
 * back on its own threads.
 */
final class KeyWatch implements AutoCloseable {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
  // In case a watch ever misses a change.
  private static final Duration MAX_WAIT = Duration.ofSeconds(3);
  // A new watch right away may fail as well.
  private static final Duration BROKEN_WATCH_PAUSE = Duration.ofMillis(300);

  private final CountDownLatch changed = new CountDownLatch(1);
  private final Watch.Watcher watcher;
  private volatile boolean broken;

  /**
   * @param revision after which changes are reported
   */
  private KeyWatch(EtcdConnection etcd, String key, long revision) {
    WatchOption option =
        WatchOption.builder().withRevision(revision + 1).withRequireLeader(true).build();
    this.watcher = etcd.watch(key, option, new Wake());
  }

  /**
   * Returns when the key may have changed, after three seconds at the latest, or when the signal is
   * raised.
   *
   * @throws io.binlogbroker.engine.model.DeliveryException when it cannot be watched
   */
  static void awaitChange(EtcdConnection etcd, String key, long revision, StopSignal stop) {
    long deadline = System.nanoTime() + MAX_WAIT.toNanos();
    try (KeyWatch watch = new KeyWatch(etcd, key, revision)) {
      boolean changed = false;
      while (!changed && !stop.isRaised() && System.nanoTime() - deadline < 0) {
        changed = watch.hasChanged();
      }
      if (watch.broken) {
        stop.await(BROKEN_WATCH_PAUSE);
      }
    }
  }

  /** Waits for a short time. */
  private boolean hasChanged() {
    try {
      return changed.await(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    watcher.close();
  }

  private final class Wake implements Watch.Listener {
    @Override
    public void onNext(WatchResponse response) {
      changed.countDown();
    }

    @Override
    public void onError(Throwable failure) {
      // The next read reports the failure if it persists.
      broken = true;
      changed.countDown();
    }

    @Override
    public void onCompleted() {
      broken = true;
      changed.countDown();
    }
  }
}
