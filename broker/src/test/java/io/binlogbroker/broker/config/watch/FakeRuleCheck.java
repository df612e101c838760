package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.config.source.SourceConfig;
import io.binlogbroker.engine.model.CheckResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Returns the results that a test sets, or fails. */
final class FakeRuleCheck implements RuleCheck {
  private List<CheckResult> answer = List.of();
  private @Nullable RuntimeException failure;
  private int asked;

  @Override
  public List<CheckResult> check(SourceConfig source) {
    asked++;
    if (failure != null) {
      throw failure;
    }
    return answer;
  }

  @Override
  public List<CheckResult> checkAtStart(SourceConfig source) {
    return check(source);
  }

  @Override
  public List<CheckResult> checkNames(SourceConfig source) {
    return check(source);
  }

  void resetCount() {
    asked = 0;
  }

  void answer(CheckResult... results) {
    answer = List.of(results);
    failure = null;
  }

  void fail(RuntimeException failure) {
    this.failure = failure;
  }

  int asked() {
    return asked;
  }
}
