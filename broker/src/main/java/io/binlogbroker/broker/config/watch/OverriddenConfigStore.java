package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.config.CommandLineOverrides;
import io.binlogbroker.broker.ha.AppliedConfig;
import io.binlogbroker.engine.model.ConfigException;
import org.jspecify.annotations.Nullable;

/** A store whose configurations are changed by what the command line says. Threads as the store. */
public final class OverriddenConfigStore implements ConfigStore {
  private final ConfigStore store;
  private final CommandLineOverrides overrides;

  /**
   * @param store is closed with this one
   */
  public OverriddenConfigStore(ConfigStore store, CommandLineOverrides overrides) {
    this.store = store;
    this.overrides = overrides;
  }

  @Override
  public StoredConfig load() {
    return overridden(store.load());
  }

  @Override
  public StoredConfig recorded(AppliedConfig applied) {
    return overridden(store.recorded(applied));
  }

  @Override
  public @Nullable StoredConfig lastFollowed() {
    StoredConfig last = store.lastFollowed();
    return last == null ? null : overridden(last);
  }

  /** Brokers that the command line has elected in etcd read files of their own. */
  @Override
  public boolean isShared() {
    return store.isShared() && overrides.etcd() == null;
  }

  @Override
  public void watch(long since, Listener listener) {
    store.watch(
        since,
        new Listener() {
          @Override
          public void changed(StoredConfig config) {
            tell(config, listener);
          }

          @Override
          public void faulty(long revision, ConfigException faults) {
            listener.faulty(revision, faults);
          }
        });
  }

  private void tell(StoredConfig config, Listener listener) {
    StoredConfig told;
    try {
      told = overridden(config);
    } catch (ConfigException e) {
      listener.faulty(config.revision(), e);
      return;
    }
    listener.changed(told);
  }

  private StoredConfig overridden(StoredConfig config) {
    return config.with(overrides.applyTo(config.config(), toString()));
  }

  @Override
  public void close() {
    store.close();
  }

  @Override
  public String toString() {
    return store.toString();
  }
}
