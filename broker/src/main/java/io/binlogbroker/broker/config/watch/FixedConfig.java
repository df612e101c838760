package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.config.Config;
import io.binlogbroker.broker.ha.AppliedConfig;

/** A configuration that never changes. Stateless. */
public final class FixedConfig implements ConfigStore {
  private final StoredConfig config;

  public FixedConfig(Config config) {
    this.config = new StoredConfig(config, 1, "");
  }

  @Override
  public StoredConfig load() {
    return config;
  }

  @Override
  public StoredConfig recorded(AppliedConfig applied) {
    return config;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void watch(long afterRevision, Listener listener) {
    // Nothing ever changes.
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  @Override
  public String toString() {
    return "the given configuration";
  }
}
