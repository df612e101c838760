package io.binlogbroker.broker.etcd;

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
  private final CountDownLatch worthALook = new CountDownLatch(1);
  private final Watch.Watcher watcher;
  private volatile boolean broken;

  /**
   * @param revision after which the key is watched
   */
  KeyWatch(EtcdConnection etcd, String key, long revision) {
    WatchOption option =
        WatchOption.builder().withRevision(revision + 1).withRequireLeader(true).build();
    this.watcher = etcd.watch(key, option, new Wake());
  }

  /** Waits no longer than the limit, or until interrupted; returns whether to read the key. */
  boolean await(Duration limit) {
    try {
      return worthALook.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Whether the watch failed: another one at once may fail as well. */
  boolean isBroken() {
    return broken;
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
