package io.binlogbroker.cli.position;

import io.binlogbroker.broker.GroupState;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.ha.PositionDecision;
import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.cli.group.UsageException;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Position;
import java.io.PrintStream;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The parent of the position commands; does nothing itself. */
@Command(
    name = "position",
    mixinStandardHelpOptions = true,
    description =
        "Shows, sets, takes over or removes the position from which a group's broker continues.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  binlogbroker position show  -g db_mall -c conf.json",
      "  binlogbroker position set   -g db_mall -c conf.json --file binlog.000007 --pos 4",
      "  binlogbroker position import -g db_mall -c conf.json --from debezium",
      "  binlogbroker position reset -g db_mall -c conf.json"
    })
public final class PositionCommand implements Runnable {
  private PositionCommand() {}

  public static CommandLine commandLine(PrintStream out) {
    return new CommandLine(new PositionCommand())
        .addSubcommand(new PositionShowCommand(out))
        .addSubcommand(new PositionSetCommand(out))
        .addSubcommand(new PositionImportCommand(out))
        .addSubcommand(new PositionResetCommand(out));
  }

  public static GroupState state(String group, Config config) {
    return GroupState.of(group, config.broker(), Clock.systemUTC());
  }

  /**
   * Stores a position that an operator has chosen.
   *
   * @param position null for the source's latest at the next start
   * @throws DeliveryException when the position is changed concurrently
   */
  static void set(PositionStore store, @Nullable Position position, Config config) {
    new PositionDecision(position, config.broker().kafka().positionsTopic()).storeIn(store);
  }

  @Override
  public void run() {
    throw new UsageException("Missing subcommand: show, set, import or reset");
  }
}
