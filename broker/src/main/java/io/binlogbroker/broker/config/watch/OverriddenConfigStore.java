package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.config.CommandLineOverrides;
import io.binlogbroker.broker.ha.AppliedConfig;
import io.binlogbroker.engine.model.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * A store that applies the command line's overrides to each configuration. Threads as those of the
 * store.
 */
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

  @Override
  public @Nullable ConfigEditor editor() {
    ConfigEditor editor = store.editor();
    return editor == null ? null : new OverriddenEditor(editor, overrides, toString());
  }

  /** If the command line sets the etcd for the election, brokers read files of their own. */
  @Override
  public boolean isShared() {
    return store.isShared() && overrides.etcd() == null;
  }

  @Override
  public void watch(long afterRevision, Listener listener) {
    store.watch(
        afterRevision,
        new Listener() {
          @Override
          public void changed(StoredConfig config) {
            report(config, listener);
          }

          @Override
          public void faulty(long revision, ConfigException faults) {
            listener.faulty(revision, faults);
          }
        });
  }

  private void report(StoredConfig config, Listener listener) {
    StoredConfig overridden;
    try {
      overridden = overridden(config);
    } catch (ConfigException e) {
      listener.faulty(config.revision(), e);
      return;
    }
    listener.changed(overridden);
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
