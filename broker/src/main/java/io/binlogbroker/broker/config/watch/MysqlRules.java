package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.source.SourceConfig;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.source.mysql.check.MysqlRuleCheck;
import java.util.List;

/**
 * Checks rules against the MySQL server of the same configuration. Used by one thread at a time.
 */
public final class MysqlRules implements RuleCheck {
  private final String group;
  private final BrokerConfig broker;

  public MysqlRules(String group, BrokerConfig broker) {
    this.group = group;
    this.broker = broker;
  }

  @Override
  public List<CheckResult> check(SourceConfig source) {
    return server(source).check();
  }

  @Override
  public List<CheckResult> checkAtStart(SourceConfig source) {
    return server(source).checkAtStart();
  }

  @Override
  public List<CheckResult> checkNames(SourceConfig source) {
    return server(source).checkNames();
  }

  private MysqlRuleCheck server(SourceConfig source) {
    Config config = new Config(broker, source);
    return new MysqlRuleCheck(config.sourceOptions(group), config.rules(0));
  }
}
