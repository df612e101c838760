package io.binlogbroker.cli.position;

import io.binlogbroker.broker.GroupState;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.ha.PositionDecision;
import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.cli.group.GroupOptions;
import io.binlogbroker.engine.model.Position;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes the position, so that the next start begins at the source's latest position. */
@Command(
    name = "reset",
    mixinStandardHelpOptions = true,
    description = {
      "Removes the group's position: the next start begins at the source's latest position.",
      "Changes between the removed position and that start are not delivered."
    },
    footerHeading = "%nExample:%n",
    footer = "  binlogbroker position reset -g db_mall -c conf.json")
final class PositionResetCommand implements Runnable {
  private final PrintStream out;

  @Mixin private final GroupOptions options = new GroupOptions();

  @Option(
      names = "--while-served",
      description =
          "Removes it even while a broker serves the group, which continues until it ends: the next"
              + " start or takeover begins at the latest position at that time.")
  private boolean whileServed;

  PositionResetCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    String group = options.group();
    Config config = options.config();
    try (GroupState state = PositionCommand.state(group, config)) {
      PositionStore store = whileServed ? state.positions() : state.idlePositions();
      Position removed = PositionDecision.readable(store);
      PositionCommand.set(store, null, config);
      out.println(
          removed == null
              ? "No readable position was stored for " + group + "."
              : "Removed the position of " + group + ", " + removed + ".");
      out.println("The next start begins at the source's latest position.");
    }
  }
}
