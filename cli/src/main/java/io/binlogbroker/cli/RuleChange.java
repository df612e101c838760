package io.binlogbroker.cli;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.ConfigEdit;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.io.PrintStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes a rule where the configuration lies, unless somebody else changes it at the same moment:
 * then begins anew with what that one wrote. One thread.
 */
final class RuleChange {
  private static final int TRIES = 5;

  private final PrintStream out;
  private final ConfigPlace place;

  RuleChange(PrintStream out, ConfigPlace place) {
    this.out = out;
    this.place = place;
  }

  /** What to make of a text. */
  interface Edit {
    String apply(ConfigEdit edit, String text);
  }

  /**
   * Writes the edited text once it was looked at.
   *
   * @param look at the configuration as it would be; throws to prevent it
   * @param wait whether to wait until it is in force
   */
  void make(Edit edit, Consumer<Config> look, boolean wait) {
    ConfigEdit texts = new ConfigEdit(text -> place.read(text).source());
    for (int i = 0; i < TRIES; i++) {
      ConfigText now = place.texts().source();
      String edited = edit.apply(texts, now.text());
      Config config = place.read(edited);
      look.accept(config);
      Master before = place.master(config);
      if (place.texts().putSource(edited, now.revision())) {
        written(config, before, wait);
        return;
      }
    }
    throw DeliveryException.fatal(
        FailureKind.CONFIGURATION,
        "Not written: others change the configuration all the time; try again");
  }

  private void written(Config config, @Nullable Master before, boolean wait) {
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
