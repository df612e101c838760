package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.schema.catalogue.CatalogueStore;
import io.binlogbroker.engine.schema.catalogue.MemoryCatalogueStore;

/** A mastership with a store, which a test can revoke. */
final class FakeMastership implements Mastership {
  private final PositionStore store;
  private volatile boolean held = true;
  private Runnable onLoss = () -> {};

  FakeMastership(PositionStore store) {
    this.store = store;
  }

  void lose() {
    held = false;
    onLoss.run();
  }

  @Override
  public boolean isHeld() {
    return held;
  }

  @Override
  public boolean isGroupWide() {
    return true;
  }

  @Override
  public void onLoss(Runnable action) {
    onLoss = action;
  }

  @Override
  public PositionStore positions() {
    return store;
  }

  @Override
  public CatalogueStore catalogue() {
    return new MemoryCatalogueStore();
  }

  @Override
  public AppliedConfigStore appliedConfig() {
    return new MemoryAppliedConfigStore();
  }

  @Override
  public void publish(RulesStatus rules) {
    // The status is not read.
  }

  @Override
  public void close() {
    held = false;
  }
}
