package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.config.CommandLineOverrides;
import io.binlogbroker.broker.config.Config;

/**
 * Applies the command line's overrides to what is read; the texts remain as they are.
 *
 * @param origin names the configuration in messages
 */
record OverriddenEditor(ConfigEditor editor, CommandLineOverrides overrides, String origin)
    implements ConfigEditor {
  @Override
  public boolean isOneText() {
    return editor.isOneText();
  }

  @Override
  public Config read(String source) {
    return overrides.applyTo(editor.read(source), origin);
  }

  @Override
  public ConfigText source() {
    return editor.source();
  }

  @Override
  public boolean putSource(String text, long expectedRevision) {
    return editor.putSource(text, expectedRevision);
  }

  @Override
  public ConfigText broker() {
    return editor.broker();
  }

  @Override
  public boolean putBroker(String text, long expectedRevision) {
    return editor.putBroker(text, expectedRevision);
  }
}
