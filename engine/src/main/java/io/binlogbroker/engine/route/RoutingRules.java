package io.binlogbroker.engine.route;

import java.util.List;

/**
 * Which tables are delivered and where to, as a user writes it. Immutable.
 *
 * @param syncAll whether tables are delivered that no rule names
 * @param sources rules by schema, the first that fits a table counts
 * @param blackList what is never delivered, whatever the rules say
 * @param maskSalt of masks by hash
 */
public record RoutingRules(
    boolean syncAll, List<SourceRule> sources, List<String> blackList, MaskSalt maskSalt) {
  public RoutingRules {
    sources = List.copyOf(sources);
    blackList = List.copyOf(blackList);
  }
}
