package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.config.SourceConfig;
import io.binlogbroker.engine.model.CheckResult;
import java.util.List;

/**
 * Holds routing rules against the server whose tables they are about, without changing anything.
 */
public interface RuleCheck {
  /**
   * Looks at all rules.
   *
   * @throws io.binlogbroker.engine.model.DeliveryException when the server cannot be asked
   */
  List<CheckResult> check(SourceConfig source);

  /**
   * Looks at all rules for a start, where what may never matter is a warning.
   *
   * @throws io.binlogbroker.engine.model.DeliveryException when the server cannot be asked
   */
  List<CheckResult> checkAtStart(SourceConfig source);

  /**
   * Looks only whether there are tables for what the rules name, which is fast.
   *
   * @throws io.binlogbroker.engine.model.DeliveryException when the server cannot be asked
   */
  List<CheckResult> checkNames(SourceConfig source);
}
