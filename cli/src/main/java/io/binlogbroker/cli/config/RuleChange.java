package io.binlogbroker.cli.config;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.broker.config.watch.RuleEdit;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.cli.group.ConfigPlace;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.io.PrintStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Changes a rule in the configuration, and shows from where it is in force. One thread. */
final class RuleChange {
  private final PrintStream out;
  private final ConfigPlace place;
  private @Nullable Master before;

  RuleChange(PrintStream out, ConfigPlace place) {
    this.out = out;
    this.place = place;
  }

  /**
   * Checks and writes the edited text.
   *
   * @param check checks the new configuration; throws to prevent the change
   * @param wait whether to wait until it is in force
   */
  void make(RuleEdit.Change change, Consumer<Config> check, boolean wait) {
    Consumer<Config> beforeEachWrite = check.andThen(config -> before = place.master(config));
    Config config = new RuleEdit(place.texts(), place::read).write(change, beforeEachWrite);
    if (config == null) {
      throw DeliveryException.fatal(
          FailureKind.CONFIGURATION,
          "Not written: the configuration keeps being changed concurrently; try again");
    }
    written(config, wait);
  }

  private void written(Config config, boolean wait) {
    ConfigText written = place.texts().source();
    out.println(
        "Written to "
            + written.origin()
            + (place.isOneText() ? "." : ", revision " + written.revision() + "."));
    if (wait) {
      AwaitRules.of(out, place, config).await(place.awaited(before, written));
    }
  }
}
