package io.binlogbroker.cli.snapshot;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.kafka.KafkaSettings;
import io.binlogbroker.broker.kafka.KafkaSnapshots;
import io.binlogbroker.cli.group.GroupOptions;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.snapshot.SnapshotRequest;
import io.binlogbroker.engine.snapshot.SnapshotRequest.Action;
import io.binlogbroker.engine.snapshot.SnapshotState;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Pauses, resumes or cancels snapshots. */
@Command(mixinStandardHelpOptions = true, footerHeading = "%nExample:%n")
final class SnapshotChangeCommand implements Runnable {
  private final PrintStream out;
  private final Action action;

  @Mixin private final GroupOptions options = new GroupOptions();
  @Mixin private final TableNames tables = new TableNames();

  @Option(
      names = "--no-wait",
      description = "Returns once it is written, without waiting until the master has taken it.")
  private boolean noWait;

  SnapshotChangeCommand(PrintStream out, Action action) {
    this.out = out;
    this.action = action;
  }

  @Override
  public void run() {
    String group = options.group();
    Config config = options.config();
    List<TableName> names = tables.names();
    KafkaSettings kafka = KafkaSettings.of(group, config.broker().kafka());
    try (KafkaSnapshots snapshots = KafkaSnapshots.open(kafka)) {
      requireKnown(names, snapshots.newest());
      SnapshotRequest request = RequestedSnapshots.request(action, names, null, 0);
      if (new RequestedSnapshots(out, group, config).pass(request, !noWait) && !noWait) {
        new SnapshotTable(out).print(tables.of(snapshots.newest()));
      }
    }
  }

  private static void requireKnown(List<TableName> names, List<SnapshotState> known) {
    for (TableName name : names) {
      if (known.stream().noneMatch(state -> state.tableName().equals(name))) {
        throw DeliveryException.fatal(
            FailureKind.INVALID_ARGUMENT,
            "No snapshot of "
                + name
                + " was started; \"binlogbroker snapshot status\" lists those that were");
      }
    }
  }
}
