package io.binlogbroker.broker.live;

/** Holds one configuration. */
final class FakeConfigStore implements ConfigStore {
  private final StoredConfig config;

  FakeConfigStore(StoredConfig config) {
    this.config = config;
  }

  @Override
  public StoredConfig load() {
    return config;
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
