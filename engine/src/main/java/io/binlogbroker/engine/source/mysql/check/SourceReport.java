package io.binlogbroker.engine.source.mysql.check;

import io.binlogbroker.engine.model.CheckResult;
import java.util.List;
import java.util.Set;

/**
 * What was found at a source.
 *
 * @param isReachable whether the server let us in
 * @param topics that its tables are delivered to, as far as they are known
 */
public record SourceReport(boolean isReachable, List<CheckResult> results, Set<String> topics) {
  public SourceReport {
    results = List.copyOf(results);
    topics = Set.copyOf(topics);
  }
}
