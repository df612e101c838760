package io.binlogbroker.cli.position;

import io.binlogbroker.broker.GroupState;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.cli.group.GroupOptions;
import io.binlogbroker.cli.position.foreign.ForeignPosition;
import io.binlogbroker.engine.source.mysql.check.PositionImport;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes over the position of another program, and starts a new epoch. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Takes over the position of Debezium, Maxwell or Canal, so that the group's broker continues"
          + " where that program ended.",
      "Stop that program first. A position in the middle of a transaction becomes the"
          + " transaction's beginning: no row is skipped, some may be delivered by both."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  binlogbroker position import --from debezium -g db_mall -c conf.json \\",
      "      --topic connect-offsets --connector inventory --dry-run",
      "  binlogbroker position import --from debezium -g db_mall -c conf.json \\",
      "      --from-file data/offsets.dat",
      "  binlogbroker position import --from maxwell -g db_mall -c conf.json",
      "  binlogbroker position import --from canal -g db_mall -c conf.json \\",
      "      --from-file conf/example/meta.dat"
    })
final class PositionImportCommand implements Runnable {
  private final PrintStream out;

  @Mixin private final GroupOptions options = new GroupOptions();

  @Mixin private final ForeignOptions foreign = new ForeignOptions();

  @Option(names = "--dry-run", description = "Only prints what would be set.")
  private boolean dryRun;

  PositionImportCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    String group = options.group();
    Config config = options.config();
    ForeignPosition found = foreign.read(group, config);
    print("found", found);
    found.notes().forEach(note -> print("note", note));
    PositionImport.Result result =
        new PositionImport(config.sourceOptions(group)).translate(found.read());
    result.notes().forEach(note -> print("note", note));
    print("start", result.position());
    if (dryRun) {
      out.println("Nothing is set.");
      return;
    }
    try (GroupState state = PositionCommand.state(group, config)) {
      PositionStore store = state.idlePositions();
      PositionCommand.set(store, result.position(), config);
      out.println("Set the position of " + group + " to " + result.position() + ".");
      out.println("The next start continues from there.");
    }
  }

  private void print(String what, Object text) {
    out.printf("%-6s %s%n", what, text);
  }
}
