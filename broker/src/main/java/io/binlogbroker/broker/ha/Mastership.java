package io.binlogbroker.broker.ha;

import io.binlogbroker.engine.relay.RulesStatus;
import io.binlogbroker.engine.schema.catalogue.CatalogueStore;

/** What a master holds between winning and losing an election. Any thread. */
public interface Mastership extends AutoCloseable {
  /**
   * Whether no other broker can have won yet, by this process's monotonic clock. Costs no more than
   * reading it. Once false, it stays so.
   */
  boolean isHeld();

  /**
   * Whether it excludes brokers on every host: one that fences this one nevertheless is stale and
   * will find out. Otherwise this one may be the stale one.
   */
  boolean isGroupWide();

  /**
   * Has an action run once, on a thread of the election's, as soon as the mastership is lost; at
   * once if it is already. A resignation is no loss.
   */
  void onLoss(Runnable action);

  /** The group's positions, which only the master can change. */
  PositionStore positions();

  /** The group's catalogue of tables, which only the master can change. */
  CatalogueStore catalogue();

  /** The configuration that the group follows, which only the master can change. */
  AppliedConfigStore appliedConfig();

  /**
   * Lets others see what this master does: soon, or now; a failure is logged, and the next status
   * tried again.
   */
  void publish(RulesStatus rules);

  /** Resigns, so that another broker can win immediately. */
  @Override
  void close();
}
