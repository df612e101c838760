package io.binlogbroker.cli.position;

import io.binlogbroker.broker.GroupState;
import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.ha.PositionStore;
import io.binlogbroker.broker.ha.StartingPoint;
import io.binlogbroker.broker.kafka.KafkaPositions;
import io.binlogbroker.broker.kafka.KafkaSettings;
import io.binlogbroker.cli.group.GroupOptions;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.Position;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the position in the store, the one in Kafka, and which one applies. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description =
        "Prints the position from which the group's broker would continue, and where it is stored.",
    footerHeading = "%nExample:%n",
    footer = "  binlogbroker position show -g db_mall -c conf.json")
final class PositionShowCommand implements Runnable {
  private static final String TAKE_OVER =
      "refused; fix: `binlogbroker position set --from-kafka` continues from Kafka's position";

  private final PrintStream out;

  @Mixin private final GroupOptions options = new GroupOptions();

  PositionShowCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    String group = options.group();
    Config config = options.config();
    try (GroupState state = PositionCommand.state(group, config)) {
      PositionStore store = state.positions();
      // A damaged one must not hide Kafka's position.
      DeliveryException damage = damage(store);
      Position stored = damage == null ? store.load() : null;
      String found = damage == null ? described(stored) : "not readable: " + damage.getMessage();
      print("store", state + ": " + found);
      String topic = config.broker().kafka().positionsTopic();
      KafkaPositions kafka = new KafkaPositions(KafkaSettings.of(group, config.broker().kafka()));
      Position committed;
      try {
        committed = kafka.last();
      } catch (DeliveryException e) {
        print("kafka", "topic " + topic + ": unknown: " + e.getMessage());
        print("start", "unknown without Kafka");
        return;
      }
      print("kafka", "topic " + topic + ": " + described(committed));
      print("start", damage == null ? start(store, stored, topic, kafka) : TAKE_OVER);
    }
  }

  private static @Nullable DeliveryException damage(PositionStore store) {
    try {
      store.load();
      return null;
    } catch (DeliveryException e) {
      if (e.kind() != FailureKind.POSITION_LOST) {
        throw e;
      }
      return e;
    }
  }

  private static String start(
      PositionStore store, @Nullable Position stored, String topic, KafkaPositions kafka) {
    try {
      return start(stored, StartingPoint.of(store, topic, kafka::in));
    } catch (DeliveryException e) {
      return "refused: " + e.getMessage();
    }
  }

  private void print(String what, String text) {
    out.printf("%-6s %s%n", what, text);
  }

  private static String start(@Nullable Position stored, @Nullable Position start) {
    if (start == null) {
      return latest();
    }
    return start + (start.equals(stored) ? ", from the store" : ", from Kafka");
  }

  private static String latest() {
    return "at the source's latest position, since none is stored";
  }

  private static String described(@Nullable Position position) {
    return position == null ? "none" : position + ", epoch " + position.epoch();
  }
}
