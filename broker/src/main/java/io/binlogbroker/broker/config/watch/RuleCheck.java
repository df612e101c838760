package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.config.source.SourceConfig;
import io.binlogbroker.engine.model.CheckResult;
import java.util.List;

/** Checks routing rules against the server's tables, without changing anything. */
public interface RuleCheck {
  /**
   * Checks all rules.
   *
   * @throws io.binlogbroker.engine.model.DeliveryException when the server cannot be reached
   */
  List<CheckResult> check(SourceConfig source);

  /**
   * Checks all rules at a start, where anything that may never matter is a warning.
   *
   * @throws io.binlogbroker.engine.model.DeliveryException when the server cannot be reached
   */
  List<CheckResult> checkAtStart(SourceConfig source);

  /**
   * Checks only whether tables exist for the names in the rules, which is fast.
   *
   * @throws io.binlogbroker.engine.model.DeliveryException when the server cannot be reached
   */
  List<CheckResult> checkNames(SourceConfig source);
}
