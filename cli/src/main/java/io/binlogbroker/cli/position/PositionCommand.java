package io.binlogbroker.cli.position;

import io.binlogbroker.broker.GroupState;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.broker.ha.Served;
import io.binlogbroker.cli.group.UsageException;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
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

  /** The stored position; null if there is none or it is damaged. */
  public static @Nullable Position load(PositionStore store) {
    try {
      return store.load();
    } catch (DeliveryException e) {
      if (e.kind() != FailureKind.POSITION_LOST) {
        throw e;
      }
      return null;
    }
  }

  /**
   * Stores a position that an operator has chosen.
   *
   * @throws DeliveryException when the position is changed concurrently
   */
  static void set(PositionStore store, Position position, Config config) {
    load(store); // save then replaces this position
    if (!store.save(position)) {
      throw DeliveryException.retriable(
          FailureKind.FENCED, "Not set: the position was set or removed concurrently", null);
    }
    decided(store, config);
  }

  /** Records that an operator has chosen the next start's position, so that it precedes Kafka's. */
  public static void decided(PositionStore store, Config config) {
    store.saveServed(servedOrFirst(store, config.broker().kafka().positionsTopic()).overruling());
  }

  /** The stored record of the group; a new one if there is none or it is damaged. */
  public static Served servedOrFirst(PositionStore store, String topic) {
    try {
      Served served = store.served();
      return served == null ? Served.first(topic) : served;
    } catch (DeliveryException e) {
      if (e.kind() != FailureKind.POSITION_LOST) {
        throw e;
      }
      return Served.first(topic);
    }
  }

  @Override
  public void run() {
    throw new UsageException("Missing subcommand: show, set, import or reset");
  }
}
