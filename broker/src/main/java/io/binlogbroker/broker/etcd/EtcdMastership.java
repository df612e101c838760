package io.binlogbroker.broker.etcd;

import io.binlogbroker.broker.ha.AppliedConfigStore;
import io.binlogbroker.broker.ha.GroupStores;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.broker.ha.MasterJson;
import io.binlogbroker.broker.ha.Mastership;
import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.schema.catalogue.CatalogueStore;
import io.binlogbroker.engine.thread.GroupContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mastership by a group's lock in etcd, kept as long as its lease is renewed in time. Any thread.
 */
final class EtcdMastership implements Mastership {
  private static final Logger log = LoggerFactory.getLogger(EtcdMastership.class);

  private final MasterLock lock;
  private final LeaseDeadline deadline;
  private final GroupStores stores;
  private final Master self;
  private final LeaseKeeper keeper;
  private final List<Runnable> onLoss = new ArrayList<>();
  private boolean lost;
  private boolean resigned;

  EtcdMastership(
      MasterLock lock, LeaseDeadline deadline, Duration ttl, GroupStores stores, Master self) {
    this.lock = lock;
    this.deadline = deadline;
    this.stores = stores;
    this.self = self;
    this.keeper = new LeaseKeeper(lock, deadline, ttl, this::lose);
  }

  void start() {
    keeper.start();
  }

  @Override
  public boolean isHeld() {
    return deadline.isPending();
  }

  @Override
  public void onLoss(Runnable action) {
    synchronized (this) {
      if (!lost) {
        onLoss.add(action);
        return;
      }
    }
    action.run();
  }

  private void lose() {
    List<Runnable> actions;
    synchronized (this) {
      lost = true;
      actions = List.copyOf(onLoss);
    }
    log.warn("Lost the lock: no longer master");
    actions.forEach(GroupContext.currentFailures()::survive);
    abandon();
  }

  @Override
  public boolean isGroupWide() {
    return true;
  }

  @Override
  public PositionStore positions() {
    return stores.positions();
  }

  @Override
  public CatalogueStore catalogue() {
    return stores.catalogue();
  }

  @Override
  public AppliedConfigStore appliedConfig() {
    return stores.applied();
  }

  @Override
  public void publish(RulesStatus rules) {
    keeper.describe(MasterJson.write(self.with(rules)));
  }

  @Override
  public void close() {
    synchronized (this) {
      if (resigned) {
        return;
      }
      resigned = true;
    }
    boolean wasHeld = deadline.isPending();
    keeper.resign();
    if (wasHeld) {
      release();
    }
  }

  private void release() {
    // An interrupted thread cannot wait for etcd, but the lock should still be released for others.
    boolean interrupted = Thread.interrupted();
    try {
      lock.release();
    } catch (DeliveryException e) {
      log.warn(
          "The lock was not released; others can take over only after the lease expires: {}",
          e.getMessage());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void abandon() {
    try {
      lock.abandon();
    } catch (DeliveryException e) {
      log.debug("The lost lease is not revoked and will expire: {}", e.getMessage());
    }
  }
}
