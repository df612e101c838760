package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.ha.StopSignal;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells that a key is worth reading again: it was changed, or etcd can no longer say whether it was
 * (it restarted, or forgot the revisions in between). Made for one wait by one thread; etcd's
 * client calls back on its own.
 */
final class KeyWatch implements AutoCloseable {
  private static final Duration MOMENT = Duration.ofMillis(50);
  // Should a watch ever miss something.
  private static final Duration READ_ANYWAY = Duration.ofSeconds(3);
  // Another one at once may fail as well.
  private static final Duration AFTER_A_BROKEN_WATCH = Duration.ofMillis(300);

  private final CountDownLatch worthALook = new CountDownLatch(1);
  private final Watch.Watcher watcher;
  private volatile boolean broken;

  /**
   * @param revision after which the key is watched
   */
  private KeyWatch(EtcdConnection etcd, String key, long revision) {
    WatchOption option =
        WatchOption.builder().withRevision(revision + 1).withRequireLeader(true).build();
    this.watcher = etcd.watch(key, option, new Wake());
  }

  /**
   * Returns when the key is worth reading again, which it also is after a while without news, or
   * when the signal is raised.
   *
   * @throws io.binlogbroker.engine.model.DeliveryException when it cannot be watched
   */
  static void awaitNews(EtcdConnection etcd, String key, long revision, StopSignal stop) {
    long deadline = System.nanoTime() + READ_ANYWAY.toNanos();
    try (KeyWatch watch = new KeyWatch(etcd, key, revision)) {
      boolean news = false;
      while (!news && !stop.isRaised() && System.nanoTime() - deadline < 0) {
        news = watch.hasNews();
      }
      if (watch.broken) {
        stop.await(AFTER_A_BROKEN_WATCH);
      }
    }
  }

  /** Waits for a moment. */
  private boolean hasNews() {
    try {
      return worthALook.await(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
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
      worthALook.countDown();
    }

    @Override
    public void onError(Throwable failure) {
      // The next read tells what is wrong, if it still is.
      broken = true;
      worthALook.countDown();
    }

    @Override
    public void onCompleted() {
      broken = true;
      worthALook.countDown();
    }
  }
}
