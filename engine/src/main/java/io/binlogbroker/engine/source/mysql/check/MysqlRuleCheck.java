package io.binlogbroker.engine.source.mysql.check;

import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.route.Rules;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import io.binlogbroker.engine.source.mysql.server.SourceFailures;
import io.binlogbroker.engine.source.mysql.server.SourceOptions;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;

/**
 * Checks rules against a server's tables and columns, over a separate connection for each check.
 * Each check throws a {@link io.binlogbroker.engine.model.DeliveryException} when the server cannot
 * be queried. One thread at a time.
 */
public final class MysqlRuleCheck {
  private final SourceOptions source;
  private final Rules rules;

  public MysqlRuleCheck(SourceOptions source, Rules rules) {
    this.source = source;
    this.rules = rules;
  }

  /** Checks all rules. */
  public List<CheckResult> check() {
    return ask(tables -> tables.run(new HashSet<>()));
  }

  /** Checks all rules before a start: problems that may never matter are warnings. */
  public List<CheckResult> checkAtStart() {
    return ask(TableCheck::atStart);
  }

  /** Checks only that the tables in the rules exist, which is fast. */
  public List<CheckResult> checkNames() {
    return ask(TableCheck::names);
  }

  /** Checks one table: it and the columns of its key must exist. */
  public List<CheckResult> checkTable(TableName table) {
    return ask(tables -> tables.of(table));
  }

  /** A question to ask about tables. */
  private interface TableQuestion {
    List<CheckResult> ask(TableCheck tables) throws IOException;
  }

  private List<CheckResult> ask(TableQuestion question) {
    try (Session session = source.connect()) {
      return question.ask(MysqlCheck.tables(session, new ServerFacts(session), rules));
    } catch (IOException e) {
      throw new SourceFailures(source.user()).toRelay(e);
    }
  }
}
