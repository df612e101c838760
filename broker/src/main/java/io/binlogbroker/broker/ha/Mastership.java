package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.schema.catalogue.CatalogueStore;

/** The mastership of a group, from winning an election until it is lost or resigned. Any thread. */
public interface Mastership extends AutoCloseable {
  /**
   * Whether no other broker can have become master yet, by this process's monotonic clock. As cheap
   * as reading that clock. Once false, it remains false.
   */
  boolean isHeld();

  /**
   * Whether it excludes brokers on all hosts: a broker that fences this one nevertheless is stale
   * and will detect that. Otherwise this broker may be the stale one.
   */
  boolean isGroupWide();

  /**
   * Runs an action once, on a thread of the election, as soon as the mastership is lost;
   * immediately if it already is. A resignation is not a loss.
   */
  void onLoss(Runnable action);

  /** The group's positions, which only the master can change. */
  PositionStore positions();

  /** The group's catalogue of tables, which only the master can change. */
  CatalogueStore catalogue();

  /** The active configuration of the group, which only the master can change. */
  AppliedConfigStore appliedConfig();

  /**
   * Publishes the status of this master to others, now or soon after. A failure is logged; the next
   * status is published again.
   */
  void publish(RulesStatus rules);

  /** Resigns, so that another broker can win immediately. */
  @Override
  void close();
}
