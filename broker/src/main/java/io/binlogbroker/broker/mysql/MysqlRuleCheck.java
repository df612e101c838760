package io.binlogbroker.broker.mysql;

import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.SourceConfig;
import io.binlogbroker.broker.live.RuleCheck;
import io.binlogbroker.broker.relay.CheckResult;
import io.binlogbroker.broker.route.NamedTable;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;

/**
 * Holds rules against a server's tables and columns, over a connection of its own for each check.
 * Any one thread.
 */
public final class MysqlRuleCheck implements RuleCheck {
  private final String group;
  private final BrokerConfig broker;

  public MysqlRuleCheck(String group, BrokerConfig broker) {
    this.group = group;
    this.broker = broker;
  }

  @Override
  public List<CheckResult> check(SourceConfig source) {
    return ask(source, tables -> tables.run(new HashSet<>()));
  }

  @Override
  public List<CheckResult> checkAtStart(SourceConfig source) {
    return ask(source, TableCheck::atStart);
  }

  @Override
  public List<CheckResult> checkNames(SourceConfig source) {
    return ask(source, TableCheck::names);
  }

  /**
   * Looks at one table: it must be there, as must the columns of its key.
   *
   * @throws io.binlogbroker.broker.relay.DeliveryException when the server cannot be asked
   */
  public List<CheckResult> checkTable(SourceConfig source, NamedTable table) {
    return ask(source, tables -> tables.of(table));
  }

  /** What to find out about tables. */
  private interface Question {
    List<CheckResult> ask(TableCheck tables) throws IOException;
  }

  private List<CheckResult> ask(SourceConfig source, Question question) {
    Config config = new Config(broker, source);
    SourceOptions options = SourceOptions.of(group, config);
    try (Session session = options.connect()) {
      return question.ask(MysqlCheck.tables(session, new ServerFacts(session), config));
    } catch (IOException e) {
      throw new SourceFailures(options.user()).toRelay(e);
    }
  }
}
