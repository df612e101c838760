package io.binlogbroker.engine.relay;

import io.binlogbroker.engine.route.Routes;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What all relays of a group have in common.
 *
 * @param rules checked for newer ones at each boundary between transactions
 * @param deliveries creates a delivery for given routes
 * @param commits when to commit
 * @param clock milliseconds since the epoch
 * @param metrics of the group
 */
public record RelaySetup(
    ActiveRules rules,
    Function<Routes, RowDelivery> deliveries,
    CommitPolicy commits,
    LongSupplier clock,
    RelayMetrics metrics) {
  /** Without metrics. */
  public RelaySetup(
      ActiveRules rules,
      Function<Routes, RowDelivery> deliveries,
      CommitPolicy commits,
      LongSupplier clock) {
    this(rules, deliveries, commits, clock, RelayMetrics.none());
  }
}
