package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.model.DeliveryException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the configuration that is in force for a group, for its master alone. Calls may block on
 * I/O; one thread at a time.
 */
public interface AppliedConfigStore {
  /**
   * @return null when none was ever recorded
   * @throws DeliveryException when what is recorded cannot be read: never taken for "none"
   */
  @Nullable AppliedConfig load();

  /**
   * Records durably: after a crash either the old or the new one is there, whole.
   *
   * @throws DeliveryException when it cannot be recorded now, or this broker is no longer the one
   *     to
   */
  void save(AppliedConfig applied);
}
