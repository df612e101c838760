package io.binlogbroker.broker.fleet;

/** All brokers that share a place for their elections. Any thread. */
public interface Fleet {
  /**
   * The current state of all groups.
   *
   * @throws io.binlogbroker.engine.model.DeliveryException retriable when it cannot be read now
   */
  FleetState state();
}
