package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.config.Config;

/**
 * A configuration as it was read from its store.
 *
 * @param revision of the source's part; a later one is greater
 * @param text of the source's part, or of both parts if they are in one text; empty if it never
 *     changes
 * @param broker text of the broker's part if it is stored separately; else empty
 */
public record StoredConfig(Config config, long revision, String text, String broker) {
  /** A configuration in one text. */
  public StoredConfig(Config config, long revision, String text) {
    this(config, revision, text, "");
  }

  /** A copy with another reading of the same texts. */
  StoredConfig with(Config parsed) {
    return new StoredConfig(parsed, revision, text, broker);
  }

  /** Omits the text, which may contain secrets. */
  @Override
  public String toString() {
    return "revision " + revision;
  }
}
