package io.binlogbroker.broker.ha;

/** Finds the brokers of a group; has no effect on its election. One thread at a time. */
public interface Members {
  /**
   * The brokers of the group now.
   *
   * @throws io.binlogbroker.engine.model.DeliveryException when they cannot be found
   */
  GroupMembers find();
}
