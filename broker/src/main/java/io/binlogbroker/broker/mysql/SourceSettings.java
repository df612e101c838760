package io.binlogbroker.broker.mysql;

import io.binlogbroker.broker.relay.CheckResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Holds a server's settings against what exact delivery needs, with the SQL that mends each. */
final class SourceSettings {
  private final ServerFacts facts;

  SourceSettings(ServerFacts facts) {
    this.facts = facts;
  }

  /** Without these nothing can be delivered. */
  List<CheckResult> required() throws IOException {
    List<CheckResult> results = new ArrayList<>();
    results.add(binaryLog());
    results.add(equal("binlog_format", "ROW", "SET GLOBAL binlog_format = 'ROW';"));
    return results;
  }

  /** Without these something is missing from messages, or more must be looked up. */
  List<CheckResult> recommended() throws IOException {
    List<CheckResult> results = new ArrayList<>();
    results.add(equal("binlog_row_image", "FULL", "SET GLOBAL binlog_row_image = 'FULL';"));
    results.add(equal("binlog_row_metadata", "FULL", "SET GLOBAL binlog_row_metadata = 'FULL';"));
    String serverId = facts.variable("server_id");
    results.add(
        "0".equals(serverId)
            ? CheckResult.notOk("server_id", "0", "SET GLOBAL server_id = 1;")
            : CheckResult.ok("server_id", String.valueOf(serverId)));
    return results;
  }

  private CheckResult binaryLog() throws IOException {
    return facts.isOn("log_bin")
        ? CheckResult.ok("log_bin", "ON")
        : CheckResult.notOk(
            "log_bin",
            "the server writes no binary log",
            "Add \"log_bin = binlog\" and \"server_id = 1\" to the server's configuration and"
                + " restart it.");
  }

  /** A variable that a later server no longer has can no longer be set wrongly. */
  private CheckResult equal(String name, String wanted, String mend) throws IOException {
    String value = facts.variable(name);
    if (value == null) {
      return CheckResult.ok(name, "not a variable of this server");
    }
    return value.equalsIgnoreCase(wanted)
        ? CheckResult.ok(name, value)
        : CheckResult.notOk(name, value + ", expected " + wanted, mend);
  }
}
