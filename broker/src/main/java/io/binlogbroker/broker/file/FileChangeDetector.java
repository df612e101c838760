package io.binlogbroker.broker.file;

import io.binlogbroker.engine.model.ConfigException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Detects changes of a file that people edit: a text counts once two polls in a row have read it.
 * One thread.
 */
final class FileChangeDetector {
  /** Editors take a file away for a moment, or write a character in two halves. */
  private static final int PATIENCE = 5;

  private final Supplier<String> file;
  private final News news;
  private @Nullable String told;
  private @Nullable String seen;
  private int unreadable;

  /** Is told what has become of the file. */
  interface News {
    void changed(String text);

    void unreadable(ConfigException why);
  }

  /**
   * @param file gives the text, or throws a {@link ConfigException}
   * @param told the text that is no news; null for none
   */
  FileChangeDetector(Supplier<String> file, @Nullable String told, News news) {
    this.file = file;
    this.told = told;
    this.seen = told;
    this.news = news;
  }

  void look() {
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
    if (!text.equals(told)) {
      told = text;
      news.changed(text);
    }
  }

  private void cannotRead(ConfigException why) {
    seen = null;
    unreadable++;
    if (unreadable == PATIENCE) {
      told = null;
      news.unreadable(why);
    }
  }
}
