package io.binlogbroker.broker.live;

import io.binlogbroker.broker.config.SourceConfig;
import io.binlogbroker.broker.relay.CheckResult;
import java.util.List;

/**
 * Holds routing rules against the server whose tables they are about, without changing anything.
 */
public interface RuleCheck {
  /**
   * Looks at all rules.
   *
   * @throws io.binlogbroker.broker.relay.RelayException when the server cannot be asked
   */
  List<CheckResult> check(SourceConfig source);
}
