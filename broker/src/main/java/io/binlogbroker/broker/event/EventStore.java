package io.binlogbroker.broker.event;

import java.util.List;

/**
 * Keeps the last events of a group over restarts; several brokers of the group may write. One
 * thread at a time. Each method throws a {@link io.binlogbroker.engine.model.DeliveryException}
 * when the store does not answer.
 */
public interface EventStore {
  /** What is stored, in any order; what cannot be read is left out. */
  List<GroupEvent> load();

  /** Stores new events and new states of events, and may forget those that are dropped. */
  void save(EventRing.Changes changes);
}
