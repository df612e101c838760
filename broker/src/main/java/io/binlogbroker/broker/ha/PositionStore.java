package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Position;
import org.jspecify.annotations.Nullable;

/**
 * Stores the operator's copy of a group's position: deleting it means "start at the latest",
 * setting it means "start here". Calls may block on I/O; one thread at a time.
 */
public interface PositionStore {
  /**
   * @return null when no position is stored
   * @throws DeliveryException when the stored position cannot be read: this is never treated as
   *     "none"
   */
  @Nullable Position load();

  /**
   * Stores it durably: after a crash either the old or the new position is there, complete. A
   * position that has been set or deleted elsewhere since the last load or save of this store is
   * the operator's decision, and is not overwritten.
   *
   * @return whether it was stored; false when the position was set or deleted elsewhere since
   * @throws DeliveryException when it cannot be stored now, or this broker is no longer the master
   */
  boolean save(Position position);

  /** Deletes the stored position, if any. The group's other state is kept. */
  void delete();

  /**
   * The state of the group that is stored in addition to its position.
   *
   * @return null when this store has never known the group
   * @throws DeliveryException when it cannot be read: this is never treated as "none"
   */
  @Nullable Served served();

  /**
   * Stores this state durably.
   *
   * @throws DeliveryException when it cannot be stored now, or this broker is no longer the master
   */
  void saveServed(Served served);

  /** The location of the store, for people. */
  @Override
  String toString();
}
