package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.model.DeliveryException;
import org.jspecify.annotations.Nullable;

/** Decides which one of a group's brokers works. One thread campaigns. */
public interface Election extends AutoCloseable {
  /**
   * Waits until this broker is the group's master.
   *
   * @param waiting called once, as soon as it is known that another broker is master; on the
   *     calling thread
   * @return null when the signal was raised first
   * @throws DeliveryException passing when the election cannot be held now
   */
  @Nullable Mastership campaign(StopSignal stop, Runnable waiting);

  /** The current master, as far as it is known; null for none. */
  @Nullable Master master();

  @Override
  void close();
}
