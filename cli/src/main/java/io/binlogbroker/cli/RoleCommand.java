package io.binlogbroker.cli;

import io.binlogbroker.broker.GroupState;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.cli.group.GroupOptions;
import io.binlogbroker.engine.relay.RulesStatus;
import java.io.PrintStream;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints which broker serves a group and the rules in force. */
@Command(
    name = "role",
    mixinStandardHelpOptions = true,
    description = {
      "Prints which broker serves the group, and which configuration is in force.",
      "Each broker reports its own role at http://HOST:PORT/admin/myrole, see RPCListen."
    },
    footerHeading = "%nExample:%n",
    footer = "  binlogbroker role -g db_mall -etcd localhost:2379")
final class RoleCommand implements Runnable {
  private final PrintStream out;

  @Mixin private final GroupOptions options = new GroupOptions();

  RoleCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    String group = options.group();
    try (GroupState state = GroupState.of(group, options.config().broker(), Clock.systemUTC())) {
      Master master = state.election().master();
      if (master == null) {
        out.println("master  none: no broker serves " + group);
        return;
      }
      out.println("master  " + master + ", since " + master.since());
      RulesStatus rules = master.rules();
      if (rules != null) {
        print(rules);
      }
    }
  }

  private void print(RulesStatus rules) {
    String from = rules.from() == null ? "" : ", from " + rules.from();
    out.println("rules   revision " + rules.appliedRevision() + " is in force" + from);
    if (rules.refusal() != null) {
      out.println("refused revision " + rules.refusedRevision() + ": " + rules.refusal());
    }
  }
}
