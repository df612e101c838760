package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.config.Config;

/** The texts of a configuration, and what a changed text would mean. Threads as its store. */
public interface ConfigEditor extends ConfigTexts {
  /** Whether both parts are one text, so that a change of the source's part replaces both. */
  boolean isOneText();

  /**
   * The configuration with this text as the source's part.
   *
   * @throws io.binlogbroker.engine.model.ConfigException with everything that is wrong with it
   */
  Config read(String source);
}
