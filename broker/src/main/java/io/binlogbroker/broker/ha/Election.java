package io.binlogbroker.broker.ha;

import io.binlogbroker.broker.fleet.Standby;
import io.binlogbroker.engine.model.DeliveryException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Elects the master among the brokers of a group. One thread campaigns. */
public interface Election extends AutoCloseable {
  /**
   * Waits until this broker is the group's master.
   *
   * @param waiting called once, as soon as it is known that another broker is master; on the
   *     calling thread
   * @return null when the stop signal was raised first
   * @throws DeliveryException retriable, when the election cannot be held now
   */
  @Nullable Mastership campaign(StopSignal stop, Runnable waiting);

  /** The current master, as far as known; null for none. */
  @Nullable Master master();

  /** The brokers that wait to become master, as far as known. */
  default List<Standby> standbys() {
    return List.of();
  }

  @Override
  void close();
}
