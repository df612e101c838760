package io.binlogbroker.broker.cli;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.mysql.MysqlRuleCheck;
import io.binlogbroker.broker.relay.CheckResult;
import io.binlogbroker.broker.relay.RelayException;
import io.binlogbroker.broker.route.Routes;

/** Adds to a report what rules say and what the server says to them. Stateless. */
final class RuleReport {
  private RuleReport() {}

  static void addRoutes(CheckReport report, Routes routes) {
    routes.describe().forEach(line -> report.add(CheckResult.ok("route", line)));
    routes.notes().forEach(note -> report.add(CheckResult.warning("route", note, "")));
  }

  static void addServer(CheckReport report, String group, Config config) {
    try {
      report.addAll(new MysqlRuleCheck(group, config.broker()).check(config.source()));
    } catch (RelayException e) {
      report.add(CheckResult.failed("MySQL", e, "--offline leaves the server out"));
    }
  }
}
