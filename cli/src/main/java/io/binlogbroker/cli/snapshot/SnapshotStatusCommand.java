package io.binlogbroker.cli.snapshot;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.kafka.KafkaSettings;
import io.binlogbroker.broker.kafka.KafkaSnapshots;
import io.binlogbroker.cli.group.GroupOptions;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.snapshot.SnapshotState;
import io.binlogbroker.engine.snapshot.SnapshotState.Status;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints how far the snapshots of a group are. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the snapshots of the group's tables, as they are committed to Kafka.",
      "With --watch, it follows them until no rows are read any more."
    },
    footerHeading = "%nExample:%n",
    footer = "  binlogbroker snapshot status -g db_mall -c conf.json --watch")
final class SnapshotStatusCommand implements Runnable {
  private final PrintStream out;

  @Mixin private final GroupOptions options = new GroupOptions();

  @Parameters(
      paramLabel = "SCHEMA.TABLE",
      arity = "0..*",
      description = "The tables, such as mall_db.orders. Default: all.")
  private List<String> tables = List.of();

  @Option(names = "--watch", description = "Shows the progress until no rows are read any more.")
  private boolean watch;

  SnapshotStatusCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    String group = options.group();
    Config config = options.config();
    List<TableName> names = TableNames.of(tables);
    KafkaSettings kafka = KafkaSettings.of(group, config.broker().kafka());
    try (KafkaSnapshots snapshots = KafkaSnapshots.open(kafka)) {
      if (watch) {
        new SnapshotWatch(out, () -> chosen(names, snapshots))
            .until(states -> states.stream().noneMatch(s -> s.status() == Status.READING));
      }
      new SnapshotTable(out).print(chosen(names, snapshots));
    }
  }

  private static List<SnapshotState> chosen(List<TableName> names, KafkaSnapshots snapshots) {
    return snapshots.newest().stream()
        .filter(state -> names.isEmpty() || names.contains(state.tableName()))
        .toList();
  }
}
