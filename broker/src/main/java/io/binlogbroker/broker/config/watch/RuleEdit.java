package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.config.edit.ConfigEdit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Edits the rules in a configuration's text, and begins again with the new text if others change it
 * at the same time. One thread.
 */
public final class RuleEdit {
  private static final int ATTEMPTS = 5;

  private final ConfigTexts texts;
  private final Function<String, Config> reader;

  /** An edit of a text. */
  public interface Change {
    /**
     * @throws io.binlogbroker.engine.model.ConfigException when it cannot be made in this text
     */
    String apply(ConfigEdit edit, String text);
  }

  /**
   * @param reader the configuration with a text as the source's part
   */
  public RuleEdit(ConfigTexts texts, Function<String, Config> reader) {
    this.texts = texts;
    this.reader = reader;
  }

  /**
   * Checks and writes the edited text.
   *
   * @param check checks the new configuration before each attempt to write; throws to prevent it
   * @return what was written; null when others kept changing the text
   */
  public @Nullable Config write(Change change, Consumer<Config> check) {
    ConfigEdit edit = new ConfigEdit(text -> reader.apply(text).source());
    for (int i = 0; i < ATTEMPTS; i++) {
      ConfigText now = texts.source();
      String edited = change.apply(edit, now.text());
      Config config = reader.apply(edited);
      check.accept(config);
      if (texts.putSource(edited, now.revision())) {
        return config;
      }
    }
    return null;
  }
}
