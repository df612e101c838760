package io.binlogbroker.cli.snapshot;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.kafka.KafkaSettings;
import io.binlogbroker.broker.kafka.KafkaSnapshots;
import io.binlogbroker.cli.group.GroupOptions;
import io.binlogbroker.cli.group.UsageException;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.snapshot.SnapshotCheck;
import io.binlogbroker.engine.snapshot.SnapshotRequest;
import io.binlogbroker.engine.snapshot.SnapshotRequest.Action;
import io.binlogbroker.engine.snapshot.SnapshotState;
import io.binlogbroker.engine.snapshot.SnapshotState.Status;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has the existing rows of tables delivered, and shows the progress. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = {
      "Delivers the existing rows of tables that the group delivers, also again, while their changes"
          + " are delivered.",
      "Shows the progress; ending this command does not end the snapshot."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  binlogbroker snapshot start -g db_mall -c conf.json mall_db.goods mall_db.orders",
      "  binlogbroker snapshot start -g db_mall -c conf.json mall_db.orders \\",
      "      --where \"id BETWEEN 1000 AND 2000\""
    })
final class SnapshotStartCommand implements Runnable {
  private final PrintStream out;

  @Mixin private final GroupOptions options = new GroupOptions();
  @Mixin private final TableNames tables = new TableNames();

  @Option(
      names = "--where",
      paramLabel = "CONDITION",
      description =
          "Only rows that meet this condition of SQL. Default: SnapshotWhere of the table's rule.")
  private @Nullable String where;

  @Option(
      names = "--priority",
      paramLabel = "NUMBER",
      defaultValue = "0",
      description = "Tables with a higher one are read first. Default: ${DEFAULT-VALUE}.")
  private int priority;

  @Option(
      names = "--no-wait",
      description = "Returns once it is written, without waiting until the rows are delivered.")
  private boolean noWait;

  SnapshotStartCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    String group = options.group();
    Config config = options.config();
    List<TableName> names = tables.names();
    if (names.isEmpty()) {
      throw new UsageException("Missing SCHEMA.TABLE: name the tables, such as mall_db.orders");
    }
    new SnapshotCheck(group, config.sourceOptions(group), config.rules(0)).require(names, where);
    SnapshotRequest request = RequestedSnapshots.request(Action.START, names, where, priority);
    boolean taken = new RequestedSnapshots(out, group, config).pass(request, !noWait);
    if (taken && !noWait) {
      follow(group, config, request);
    }
  }

  private void follow(String group, Config config, SnapshotRequest request) {
    KafkaSettings kafka = KafkaSettings.of(group, config.broker().kafka());
    try (KafkaSnapshots snapshots = KafkaSnapshots.open(kafka)) {
      new SnapshotWatch(out, () -> started(snapshots, request))
          .until(
              states ->
                  !states.isEmpty()
                      && states.stream().noneMatch(s -> s.status() == Status.READING));
      List<SnapshotState> ended = started(snapshots, request);
      new SnapshotTable(out).print(ended);
      requireComplete(ended);
    }
  }

  private static List<SnapshotState> started(KafkaSnapshots snapshots, SnapshotRequest request) {
    return snapshots.newest().stream()
        .filter(state -> request.id().equals(state.request()))
        .toList();
  }

  private static void requireComplete(List<SnapshotState> ended) {
    List<String> failed =
        ended.stream()
            .filter(state -> state.status() == Status.FAILED)
            .map(state -> state + ": " + state.reason())
            .toList();
    if (!failed.isEmpty()) {
      throw DeliveryException.fatal(
          FailureKind.UNDELIVERABLE, "The snapshot has failed: " + String.join("; ", failed));
    }
  }
}
