package io.binlogbroker.engine.source.mysql.check;

import io.binlogbroker.engine.model.CheckResult;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.source.mysql.server.ServerFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks a server's settings against the requirements of exact delivery, with the SQL that fixes
 * each.
 */
public final class SourceSettings {
  private final ServerFacts facts;

  public SourceSettings(ServerFacts facts) {
    this.facts = facts;
  }

  /** The settings without which nothing can be delivered. */
  public List<CheckResult> required() throws IOException {
    List<CheckResult> results = new ArrayList<>();
    results.add(binaryLog());
    results.add(format());
    results.add(serverId());
    results.add(replicaUpdates());
    return results;
  }

  /** The settings without which messages lack information, or more must be looked up. */
  List<CheckResult> recommended() throws IOException {
    List<CheckResult> results = new ArrayList<>();
    results.add(advised("binlog_row_image", "FULL"));
    results.add(advised("binlog_row_metadata", "FULL"));
    return results;
  }

  private CheckResult binaryLog() throws IOException {
    return facts.isOn("log_bin")
        ? CheckResult.ok("log_bin", "ON")
        : CheckResult.notOk(
            "log_bin",
            FailureKind.SOURCE_SETTINGS,
            "the server writes no binary log",
            "Add \"log_bin = binlog\" and \"server_id = 1\" to the server's configuration and"
                + " restart it.");
  }

  /** A variable that newer servers no longer have cannot be set to a wrong value. */
  private CheckResult format() throws IOException {
    String value = facts.variable("binlog_format");
    if (value == null || value.equalsIgnoreCase("ROW")) {
      return CheckResult.ok("binlog_format", value == null ? "always ROW" : value);
    }
    return CheckResult.notOk(
        "binlog_format",
        FailureKind.SOURCE_SETTINGS,
        value + ", expected ROW",
        "SET GLOBAL binlog_format = 'ROW'; and set it in the server's configuration.");
  }

  private CheckResult serverId() throws IOException {
    String value = String.valueOf(facts.variable("server_id"));
    if (!value.equals("0")) {
      return CheckResult.ok("server_id", value);
    }
    return CheckResult.notOk(
        "server_id",
        FailureKind.SOURCE_SETTINGS,
        "0: the server refuses every replica",
        "SET GLOBAL server_id = 1; and set it in the server's configuration.");
  }

  /**
   * Without this setting, changes that a replica receives from its source are not in the replica's
   * own log.
   */
  private CheckResult replicaUpdates() throws IOException {
    String name = "log_replica_updates";
    if (facts.isOn(name) || facts.isOn("log_slave_updates") || !facts.isReplica()) {
      return CheckResult.ok(name, "the server logs all its changes");
    }
    return CheckResult.notOk(
        name,
        FailureKind.SOURCE_SETTINGS,
        "OFF on a replica: its log does not contain the changes of its source",
        "Add \"log_slave_updates = ON\" (log_replica_updates since MySQL 8.0.26) to the"
            + " server's configuration and restart it.");
  }

  private CheckResult advised(String name, String wanted) throws IOException {
    String value = facts.variable(name);
    if (value == null) {
      return CheckResult.ok(name, "not a variable of this server");
    }
    return value.equalsIgnoreCase(wanted)
        ? CheckResult.ok(name, value)
        : CheckResult.warning(
            name,
            value + ", recommended: " + wanted,
            "SET GLOBAL %s = '%s'; and set it in the server's configuration."
                .formatted(name, wanted));
  }
}
