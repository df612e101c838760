package io.binlogbroker.cli.position;

import io.binlogbroker.broker.GroupState;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.ha.PositionDecision;
import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.cli.group.GroupOptions;
import io.binlogbroker.cli.group.UsageException;
import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.Position;
import io.binlogbroker.engine.source.mysql.check.ChosenPosition;
import io.binlogbroker.engine.source.mysql.check.MysqlPositions;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Stores a position given by the operator and starts a new epoch. */
@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    description = {
      "Sets the position from which the group's broker continues at its next start.",
      "It must be the first byte of a transaction, as shown by SHOW BINLOG EVENTS or SHOW MASTER"
          + " STATUS, and the server must still have it."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  binlogbroker position set -g db_mall -c conf.json --file binlog.000007 --pos 4",
      "  binlogbroker position set -g db_mall -c conf.json --file binlog.000007 --pos 197 \\",
      "      --gtid-set 7d49b361-e64f-11f1-ab7d-02fc00000001:1-23"
    })
final class PositionSetCommand implements Runnable {

  private final PrintStream out;

  @Mixin private final GroupOptions options = new GroupOptions();

  @Option(
      names = "--file",
      paramLabel = "NAME",
      description = "The binary log file, such as binlog.000007.")
  private String file = "";

  @Option(
      names = "--pos",
      paramLabel = "OFFSET",
      description = "The offset in it; 4 is the beginning.")
  private long offset;

  @Option(
      names = "--gtid-set",
      paramLabel = "SET",
      description =
          "The GTIDs executed before it. On MySQL with gtid_mode=ON they determine where reading"
              + " begins, not file and offset. MariaDB finds them itself.")
  private @Nullable String gtidSet;

  @Option(
      names = "--from-kafka",
      description =
          "Instead of --file and --pos: uses Kafka's exact position of the group, if this etcd or"
              + " StateDir does not know the group.")
  private boolean fromKafka;

  @Option(
      names = "--force",
      description = "Sets it even if the server does not have it or cannot be reached.")
  private boolean force;

  @Option(
      names = "--while-served",
      description =
          "Sets it even while a broker serves the group, which continues until it ends: the next"
              + " start or takeover continues from here.")
  private boolean whileServed;

  PositionSetCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    String group = options.group();
    if (fromKafka) {
      takeOver(group);
      return;
    }
    if (file.isBlank() || offset < BinlogPosition.FIRST_EVENT) {
      throw new UsageException(
          "Expected --file with a name and --pos from 4, or --from-kafka; got \""
              + file
              + "\" and "
              + offset);
    }
    Config config = options.config();
    try (GroupState state = PositionCommand.state(group, config)) {
      PositionStore store = whileServed ? state.positions() : state.idlePositions();
      Position position = checked(new MysqlPositions(config.sourceOptions(group)), store);
      PositionCommand.set(store, position, config);
      out.println("Set the position of " + group + " to " + position + ".");
      out.println("The next start continues from there.");
    }
  }

  private void takeOver(String group) {
    if (!file.isBlank() || offset != 0 || gtidSet != null) {
      throw new UsageException("--from-kafka cannot be combined with --file, --pos and --gtid-set");
    }
    Config config = options.config();
    try (GroupState state = PositionCommand.state(group, config)) {
      PositionStore store = whileServed ? state.positions() : state.idlePositions();
      Position position = KafkaTakeover.of(group, config).into(store);
      out.println("Set the position of " + group + " to " + position + ", Kafka's position.");
      out.println("The next start continues from there.");
    }
  }

  private Position checked(MysqlPositions server, PositionStore store) {
    ChosenPosition chosen =
        new ChosenPosition(new BinlogPosition(file, offset), gtidSet, "--force");
    return force ? forced(chosen, server, store) : chosen.checked(server, out::println);
  }

  /** The position's server must be known, from the server or from the last position. */
  private Position forced(ChosenPosition chosen, MysqlPositions server, PositionStore store) {
    try {
      return chosen.unchecked(server);
    } catch (DeliveryException e) {
      Position last = PositionDecision.readable(store);
      if (last == null || !e.isRetriable()) {
        throw e;
      }
      out.println("The server is not checked: " + e.getMessage());
      return chosen.of(last.serverUuid());
    }
  }
}
