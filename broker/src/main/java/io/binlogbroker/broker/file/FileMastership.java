package io.binlogbroker.broker.file;

import io.binlogbroker.broker.fleet.BrokerProcess;
import io.binlogbroker.broker.ha.AppliedConfigStore;
import io.binlogbroker.broker.ha.GroupStores;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.broker.ha.MasterJson;
import io.binlogbroker.broker.ha.Mastership;
import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.schema.catalogue.CatalogueStore;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mastership by a held {@link FileGroupLock}; its file describes the holder to others. */
final class FileMastership implements Mastership {
  private static final Logger log = LoggerFactory.getLogger(FileMastership.class);

  private final FileGroupLock lock;
  private final GroupStores stores;
  private final Master self;
  private volatile boolean held = true;

  FileMastership(FileGroupLock lock, GroupStores stores, Instant now) {
    this.lock = lock;
    this.stores = stores;
    this.self = Master.at(BrokerProcess.here("this host"), now);
    lock.describe(MasterJson.write(self));
  }

  @Override
  public boolean isHeld() {
    return held;
  }

  @Override
  public boolean isGroupWide() {
    return false;
  }

  @Override
  public void onLoss(Runnable action) {
    // The system releases the lock only when the process ends.
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
  public synchronized void publish(RulesStatus rules) {
    if (!held) {
      return;
    }
    try {
      lock.describe(MasterJson.write(self.with(rules)));
    } catch (DeliveryException e) {
      log.warn("Other processes cannot see which rules are in force: {}", e.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    held = false;
    lock.close();
  }
}
