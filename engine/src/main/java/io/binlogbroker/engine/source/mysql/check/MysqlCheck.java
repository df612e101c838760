package io.binlogbroker.engine.source.mysql.check;

import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.binlog.wire.login.SessionOptions;
import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.route.Routes;
import io.binlogbroker.engine.route.Rules;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import io.binlogbroker.engine.source.mysql.server.SourceFailures;
import io.binlogbroker.engine.source.mysql.server.SourceOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Checks whether a broker could read a server, without changing anything or disturbing a broker
 * that reads it now. One thread, one use.
 */
public final class MysqlCheck {
  private static final String REACHABLE = "MySQL reachable";

  private final Rules rules;
  private final SourceOptions source;
  private final SourceFailures failures;
  private final List<CheckResult> results = new ArrayList<>();
  private final SortedSet<String> topics = new TreeSet<>();

  public MysqlCheck(SourceOptions source, Rules rules) {
    this.source = source;
    this.rules = rules;
    this.failures = new SourceFailures(source.user());
  }

  /** Runs all checks on each server, and continues after a failed one. */
  public SourceReport run() {
    boolean reached = false;
    for (SessionOptions server : source.sessions()) {
      reached |= check(server);
    }
    return new SourceReport(reached, results, topics);
  }

  private boolean check(SessionOptions server) {
    boolean reached = false;
    try (Session session = Session.open(server)) {
      reached = true;
      results.add(CheckResult.ok(REACHABLE, describe(session)));
      checkServer(session, server);
    } catch (IOException e) {
      unreachable(failures.toRelay(e));
    } catch (DeliveryException e) {
      unreachable(e);
    }
    return reached;
  }

  private static String describe(Session session) {
    return "%s %s at %s, %s"
        .formatted(
            session.isMariaDb() ? "MariaDB" : "MySQL",
            session.serverVersion().text(),
            session.address(),
            session.tls().map(tls -> tls.protocol()).orElse("without TLS"));
  }

  private void checkServer(Session session, SessionOptions server) throws IOException {
    ServerFacts facts = new ServerFacts(session);
    SourceSettings settings = new SourceSettings(facts);
    results.addAll(settings.required());
    results.addAll(settings.recommended());
    String account = account(session);
    ReplicaCheck replica = new ReplicaCheck(session, server, source.replica());
    if (facts.isOn("log_bin")) {
      attempt("grant REPLICATION SLAVE", grant("REPLICATION SLAVE", account), replica::dump);
      attempt("grant REPLICATION CLIENT", grant("REPLICATION CLIENT", account), replica::status);
    }
    attempt("ServerId", "set another \"ServerId\"", replica::serverId);
    TableCheck tables = tables(session, facts, rules);
    results.addAll(tables.run(topics));
    results.add(tables.existing());
  }

  static TableCheck tables(Session session, ServerFacts facts, Rules rules) throws IOException {
    boolean ignoresCase = facts.identity().ignoresCase();
    Routes routes = rules.on(ignoresCase);
    boolean named = "FULL".equalsIgnoreCase(facts.variable("binlog_row_metadata"));
    return new TableCheck(session, routes, ignoresCase, !named, grant("SELECT", account(session)));
  }

  /** A check that the server may refuse to answer. */
  private interface Attempt {
    CheckResult run() throws IOException;
  }

  private void attempt(String name, String fix, Attempt attempt) throws IOException {
    try {
      results.add(attempt.run());
    } catch (ServerErrorException e) {
      FailureKind code = failures.toRelay(e).kind();
      results.add(CheckResult.notOk(name, code, String.valueOf(e.getMessage()), fix));
    }
  }

  /** The account as GRANT expects it, such as {@code 'rep_user'@'%'}. */
  private static String account(Session session) throws IOException {
    String text = String.valueOf(session.query("SELECT CURRENT_USER()").rows().get(0).text(0));
    int at = text.lastIndexOf('@');
    return at < 0 ? text : "'" + text.substring(0, at) + "'@'" + text.substring(at + 1) + "'";
  }

  private static String grant(String right, String account) {
    return "GRANT " + right + " ON *.* TO " + account + ";";
  }

  private void unreachable(DeliveryException e) {
    String fix =
        e.kind() == FailureKind.UNREACHABLE
            ? "start the server, or correct the address in \"MysqlConn\""
            : "correct user and password in \"MysqlConn\", \"Tls\", or the account on the server";
    results.add(CheckResult.failed(REACHABLE, e, fix));
  }
}
