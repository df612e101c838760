package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.config.ConfigReader;
import io.binlogbroker.broker.ha.AppliedConfig;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.Fault;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store with one configuration, valid or not. */
final class FakeConfigStore implements ConfigStore {
  private final @Nullable StoredConfig config;
  private boolean shared = true;
  private Runnable beforeLoad = () -> {};

  FakeConfigStore(StoredConfig config) {
    this.config = config;
  }

  private FakeConfigStore() {
    this.config = null;
  }

  static FakeConfigStore faulty() {
    return new FakeConfigStore();
  }

  /** Makes it a file that only brokers of this host read. */
  FakeConfigStore local() {
    shared = false;
    return this;
  }

  /** Runs an action before each load. */
  FakeConfigStore beforeLoad(Runnable action) {
    beforeLoad = action;
    return this;
  }

  @Override
  public StoredConfig load() {
    beforeLoad.run();
    if (config == null) {
      throw new ConfigException("the test", List.of(new Fault("", "not JSON")));
    }
    return config;
  }

  @Override
  public StoredConfig recorded(AppliedConfig applied) {
    return new StoredConfig(
        new ConfigReader(Map.of()).read(applied.text(), "the record"),
        applied.revision(),
        applied.text());
  }

  @Override
  public boolean isShared() {
    return shared;
  }

  @Override
  public void watch(long since, Listener listener) {
    // Nothing changes.
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  @Override
  public String toString() {
    return "the test";
  }
}
