package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.config.Config;

/**
 * A configuration as it was read from its store.
 *
 * @param revision of the source's part; a later one is greater
 * @param text of the source's part, or of both where they are one; empty where nobody changes it
 * @param broker text of the broker's own part, where that is kept apart; else empty
 */
public record StoredConfig(Config config, long revision, String text, String broker) {
  /** Of one text. */
  public StoredConfig(Config config, long revision, String text) {
    this(config, revision, text, "");
  }

  /** As the same texts are to be understood. */
  StoredConfig with(Config understood) {
    return new StoredConfig(understood, revision, text, broker);
  }

  /** Without the text, which may hold secrets. */
  @Override
  public String toString() {
    return "revision " + revision;
  }
}
