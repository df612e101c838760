package io.binlogbroker.broker.file;

import io.binlogbroker.engine.model.ConfigException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Detects changes of a file that people edit: a text counts once two polls in a row have read it.
 * One thread.
 */
final class FileChangeDetector {
  /** Editors delete a file for a moment, or write a character in two parts. */
  private static final int UNREADABLE_POLLS = 5;

  private final Supplier<String> file;
  private final Listener listener;
  private @Nullable String reported;
  private @Nullable String seen;
  private int unreadable;

  /** Receives changes of the file. */
  interface Listener {
    void changed(String text);

    void unreadable(ConfigException why);
  }

  /**
   * @param file returns the text or throws a {@link ConfigException}
   * @param reported the text that the listener already has; null for none
   */
  FileChangeDetector(Supplier<String> file, @Nullable String reported, Listener listener) {
    this.file = file;
    this.reported = reported;
    this.seen = reported;
    this.listener = listener;
  }

  void poll() {
    String text;
    try {
      text = file.get();
    } catch (ConfigException e) {
      cannotRead(e);
      return;
    }
    unreadable = 0;
    if (!text.equals(seen)) {
      seen = text;
      return;
    }
    if (!text.equals(reported)) {
      reported = text;
      listener.changed(text);
    }
  }

  private void cannotRead(ConfigException why) {
    seen = null;
    unreadable++;
    if (unreadable == UNREADABLE_POLLS) {
      reported = null;
      listener.unreadable(why);
    }
  }
}
