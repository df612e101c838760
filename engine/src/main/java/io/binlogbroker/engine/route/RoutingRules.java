package io.binlogbroker.engine.route;

import java.util.List;

/**
 * Which tables are delivered to which topics, as configured. Immutable.
 *
 * @param syncAll whether tables without a rule are delivered
 * @param sources rules by schema; the first that matches a table applies
 * @param blackList schemas and tables that are never delivered
 * @param maskSalt for hash masks
 * @param snapshot whether existing rows are delivered where a rule does not say so
 */
public record RoutingRules(
    boolean syncAll,
    List<SourceRule> sources,
    List<String> blackList,
    MaskSalt maskSalt,
    SnapshotMode snapshot) {
  public RoutingRules {
    sources = List.copyOf(sources);
    blackList = List.copyOf(blackList);
  }
}
