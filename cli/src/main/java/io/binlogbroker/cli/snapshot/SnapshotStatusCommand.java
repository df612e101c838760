package io.binlogbroker.cli.snapshot;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.kafka.KafkaSettings;
import io.binlogbroker.broker.kafka.KafkaSnapshots;
import io.binlogbroker.cli.group.GroupOptions;
import io.binlogbroker.engine.snapshot.SnapshotState.Status;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints how far the snapshots of a group are. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the snapshots of the group's tables, or of those named, as they are committed to"
          + " Kafka.",
      "With --watch, it follows them until no rows are read any more."
    },
    footerHeading = "%nExample:%n",
    footer = "  binlogbroker snapshot status -g db_mall -c conf.json --watch")
final class SnapshotStatusCommand implements Runnable {
  private final PrintStream out;

  @Mixin private final GroupOptions options = new GroupOptions();
  @Mixin private final TableNames tables = new TableNames();

  @Option(names = "--watch", description = "Shows the progress until no rows are read any more.")
  private boolean watch;

  SnapshotStatusCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    String group = options.group();
    Config config = options.config();
    KafkaSettings kafka = KafkaSettings.of(group, config.broker().kafka());
    try (KafkaSnapshots snapshots = KafkaSnapshots.open(kafka)) {
      if (watch) {
        new SnapshotWatch(out, () -> tables.of(snapshots.newest()))
            .until(states -> states.stream().noneMatch(s -> s.status() == Status.READING));
      }
      new SnapshotTable(out).print(tables.of(snapshots.newest()));
    }
  }
}
