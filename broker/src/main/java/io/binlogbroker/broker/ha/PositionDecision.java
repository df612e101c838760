package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import org.jspecify.annotations.Nullable;

/**
 * An operator's decision about where a group continues.
 *
 * @param position of a new epoch; null for the source's latest position at the next start
 * @param topic for the group's positions in Kafka
 */
public record PositionDecision(@Nullable Position position, String topic) {
  /**
   * Stores it, so that it precedes any position that Kafka has.
   *
   * @throws DeliveryException when the position is changed concurrently, or cannot be stored
   */
  public void storeIn(PositionStore store) {
    if (position == null) {
      store.delete();
    } else {
      readable(store); // save then replaces this position
      if (!store.save(position)) {
        throw DeliveryException.retriable(
            FailureKind.FENCED, "Not set: the position was set or removed concurrently", null);
      }
    }
    store.saveServed(servedOrFirst(store, topic).overruling());
  }

  /** The stored position; null if there is none or it is damaged. */
  public static @Nullable Position readable(PositionStore store) {
    try {
      return store.load();
    } catch (DeliveryException e) {
      if (e.kind() != FailureKind.POSITION_LOST) {
        throw e;
      }
      return null;
    }
  }

  /** The stored record of the group; a new one if there is none or it is damaged. */
  public static Served servedOrFirst(PositionStore store, String topic) {
    try {
      Served served = store.served();
      return served == null ? Served.first(topic) : served;
    } catch (DeliveryException e) {
      if (e.kind() != FailureKind.POSITION_LOST) {
        throw e;
      }
      return Served.first(topic);
    }
  }
}
