package io.binlogbroker.cli;

import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.broker.config.watch.RestartKeys;
import io.binlogbroker.engine.model.ConfigException;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows what a change of the broker's part means for the other groups that share it. */
final class SharedPart {
  private final PrintStream out;
  private final List<String> others;

  /**
   * @param others the groups that share it, without the one at hand
   */
  SharedPart(PrintStream out, List<String> others) {
    this.out = out;
    this.others = others;
  }

  /**
   * @param there empty where there is none yet
   * @throws UsageException when others are concerned and nobody has agreed
   */
  void require(ConfigText there, BrokerConfig wanted, boolean agreed) {
    if (there.revision() == 0 || others.isEmpty()) {
      return;
    }
    BrokerConfig before = read(there);
    List<String> keys =
        before == null ? List.of("all, since it has faults") : RestartKeys.between(before, wanted);
    if (keys.isEmpty()) {
      return;
    }
    String what = there.origin() + " changes: " + String.join(", ", keys);
    out.println(what);
    out.println("It is shared by " + String.join(", ", others) + ", each from its next start on.");
    if (before != null
        && !before.kafka().positionsTopic().equals(wanted.kafka().positionsTopic())) {
      out.println(
          "PositionsTopic: each group carries its position over from "
              + before.kafka().positionsTopic()
              + " to "
              + wanted.kafka().positionsTopic()
              + " then.");
    }
    if (!agreed) {
      throw new UsageException(
          "Not written: "
              + what
              + ", for "
              + String.join(", ", others)
              + " as well. Add --yes if that is meant, or give the source's part alone");
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
