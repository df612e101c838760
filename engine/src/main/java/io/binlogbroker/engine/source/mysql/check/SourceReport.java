package io.binlogbroker.engine.source.mysql.check;

import io.binlogbroker.engine.model.CheckResult;
import java.util.List;
import java.util.Set;

/**
 * The results of all checks of a source.
 *
 * @param isReachable whether the login to the server succeeded
 * @param topics that its tables are delivered to, as far as known
 */
public record SourceReport(boolean isReachable, List<CheckResult> results, Set<String> topics) {
  public SourceReport {
    results = List.copyOf(results);
    topics = Set.copyOf(topics);
  }
}
