package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Position;
import org.jspecify.annotations.Nullable;

/**
 * The operator's copy of a group's position: deleted means "start at the latest", set means "start
 * here". Calls may block on I/O; one thread at a time.
 */
public interface PositionStore {
  /**
   * @return null when no position is stored
   * @throws DeliveryException when what is stored cannot be read: never taken for "none"
   */
  @Nullable Position load();

  /**
   * Stores durably: after a crash either the old or the new position is there, whole. What has been
   * set or deleted elsewhere since this store loaded or saved last is the operator's decision, and
   * stays.
   *
   * @return whether it is stored; false when it was set or deleted elsewhere since
   * @throws DeliveryException when it cannot be stored now, or this broker is no longer the one to
   */
  boolean save(Position position);

  /** Removes what is stored, if anything. What is remembered of the group stays. */
  void delete();

  /**
   * What is remembered of the group beside its position.
   *
   * @return null when this store has never known the group
   * @throws DeliveryException when it cannot be read: never taken for "none"
   */
  @Nullable Served served();

  /**
   * Remembers this durably.
   *
   * @throws DeliveryException when it cannot be stored now, or this broker is no longer the one to
   */
  void saveServed(Served served);

  /** Names the place, for people. */
  @Override
  String toString();
}
