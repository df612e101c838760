package io.binlogbroker.cli.snapshot;

import io.binlogbroker.cli.group.UsageException;
import io.binlogbroker.engine.snapshot.SnapshotRequest.Action;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The parent of the snapshot commands; does nothing itself. */
@Command(
    name = "snapshot",
    mixinStandardHelpOptions = true,
    description = {
      "Delivers the rows that tables have already, and shows how far that is, while brokers run.",
      "docs/snapshot.md says what consumers may rely on. Beside the privileges of the stream, it"
          + " needs SELECT on the tables, and binlog_row_image = FULL."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  binlogbroker snapshot start  -g db_mall -c conf.json mall_db.goods mall_db.orders",
      "  binlogbroker snapshot start  -g db_mall -c conf.json mall_db.orders \\",
      "      --where \"created_at >= '2026-01-01'\"",
      "  binlogbroker snapshot status -g db_mall -c conf.json",
      "  binlogbroker snapshot pause  -g db_mall -c conf.json",
      "  binlogbroker snapshot resume -g db_mall -c conf.json mall_db.orders",
      "  binlogbroker snapshot cancel -g db_mall -etcd etcd1:2379 mall_db.orders"
    })
public final class SnapshotCommand implements Runnable {
  private SnapshotCommand() {}

  public static CommandLine commandLine(PrintStream out) {
    return new CommandLine(new SnapshotCommand())
        .addSubcommand(new SnapshotStartCommand(out))
        .addSubcommand(new SnapshotStatusCommand(out))
        .addSubcommand(change(out, "pause", Action.PAUSE, "Stops reading, until it is resumed."))
        .addSubcommand(
            change(
                out,
                "resume",
                Action.RESUME,
                "Continues snapshots that were paused or have failed, where they stopped."))
        .addSubcommand(
            change(
                out,
                "cancel",
                Action.CANCEL,
                "Ends snapshots for good. The rows that are delivered remain delivered."));
  }

  private static CommandLine change(PrintStream out, String name, Action action, String about) {
    CommandLine line = new CommandLine(new SnapshotChangeCommand(out, action));
    line.setCommandName(name);
    line.getCommandSpec()
        .usageMessage()
        .description(about, "Without TABLE, it applies to all tables that it can apply to.")
        .footer("  binlogbroker snapshot " + name + " -g db_mall -c conf.json mall_db.orders");
    return line;
  }

  @Override
  public void run() {
    throw new UsageException("Missing subcommand: start, status, pause, resume or cancel");
  }
}
