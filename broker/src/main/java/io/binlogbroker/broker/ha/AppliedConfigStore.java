package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.model.DeliveryException;
import org.jspecify.annotations.Nullable;

/**
 * Stores the active configuration of a group, for its master only. Calls may block on I/O; one
 * thread at a time.
 */
public interface AppliedConfigStore {
  /**
   * @return null when none was ever stored
   * @throws DeliveryException when the stored configuration cannot be read: this is never treated
   *     as "none"
   */
  @Nullable AppliedConfig load();

  /**
   * Stores it durably: after a crash either the old or the new one is there, complete.
   *
   * @throws DeliveryException when it cannot be stored now, or this broker is no longer the master
   */
  void save(AppliedConfig applied);
}
