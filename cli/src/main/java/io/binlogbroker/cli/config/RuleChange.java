package io.binlogbroker.cli.config;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.edit.ConfigEdit;
import io.binlogbroker.broker.config.watch.ConfigText;
import io.binlogbroker.broker.ha.Master;
import io.binlogbroker.cli.group.ConfigPlace;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import java.io.PrintStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes a rule in the configuration; after a concurrent change by others it retries with their
 * text. One thread.
 */
final class RuleChange {
  private static final int ATTEMPTS = 5;

  private final PrintStream out;
  private final ConfigPlace place;

  RuleChange(PrintStream out, ConfigPlace place) {
    this.out = out;
    this.place = place;
  }

  /** An edit of a text. */
  interface Edit {
    String apply(ConfigEdit edit, String text);
  }

  /**
   * Checks and writes the edited text.
   *
   * @param check checks the new configuration; throws to prevent the change
   * @param wait whether to wait until it is in force
   */
  void make(Edit edit, Consumer<Config> check, boolean wait) {
    ConfigEdit texts = new ConfigEdit(text -> place.read(text).source());
    for (int i = 0; i < ATTEMPTS; i++) {
      ConfigText now = place.texts().source();
      String edited = edit.apply(texts, now.text());
      Config config = place.read(edited);
      check.accept(config);
      Master before = place.master(config);
      if (place.texts().putSource(edited, now.revision())) {
        written(config, before, wait);
        return;
      }
    }
    throw DeliveryException.fatal(
        FailureKind.CONFIGURATION,
        "Not written: the configuration keeps being changed concurrently; try again");
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
