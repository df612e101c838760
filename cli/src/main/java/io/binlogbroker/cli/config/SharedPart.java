package io.binlogbroker.cli.config;

import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.broker.config.watch.RestartKeys;
import io.binlogbroker.cli.group.UsageException;
import io.binlogbroker.engine.model.ConfigException;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints the effect of a change of the broker's part on the other groups that share it. */
final class SharedPart {
  private final PrintStream out;
  private final List<String> others;

  /**
   * @param others the groups that share it, without the current one
   */
  SharedPart(PrintStream out, List<String> others) {
    this.out = out;
    this.others = others;
  }

  /**
   * @param there empty if there is none yet
   * @throws UsageException when others are affected and the user has not agreed
   */
  void require(ConfigText there, BrokerConfig wanted, boolean agreed) {
    if (there.revision() == 0 || others.isEmpty()) {
      return;
    }
    BrokerConfig before = read(there);
    List<String> keys =
        before == null ? List.of("all, since it is invalid") : RestartKeys.between(before, wanted);
    if (keys.isEmpty()) {
      return;
    }
    String change = there.origin() + " changes: " + String.join(", ", keys);
    out.println(change);
    out.println(
        "It is shared by " + String.join(", ", others) + ", each applies it at its next start.");
    if (before != null
        && !before.kafka().positionsTopic().equals(wanted.kafka().positionsTopic())) {
      out.println(
          "PositionsTopic: each group moves its position from "
              + before.kafka().positionsTopic()
              + " to "
              + wanted.kafka().positionsTopic()
              + " at that time.");
    }
    if (!agreed) {
      throw new UsageException(
          "Not written: "
              + change
              + ", for "
              + String.join(", ", others)
              + " as well. Add --yes if this is intended, or write only the source's part");
    }
  }

  private static @Nullable BrokerConfig read(ConfigText there) {
    try {
      return new ConfigReader().readBroker(there.text(), there.origin());
    } catch (ConfigException e) {
      return null;
    }
  }
}
