package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.ha.AppliedConfig;
import io.binlogbroker.broker.ha.AppliedConfigStore;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;

/** A place with a damaged record. */
record DamagedPlace(AppliedConfigStore place) implements AppliedConfigStore {
  @Override
  public AppliedConfig load() {
    throw DeliveryException.retriable(FailureKind.CONFIGURATION, "damaged", null);
  }

  @Override
  public void save(AppliedConfig applied) {
    place.save(applied);
  }
}
