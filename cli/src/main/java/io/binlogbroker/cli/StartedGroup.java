package io.binlogbroker.cli;

import io.binlogbroker.broker.Group;
import io.binlogbroker.broker.ProcessResources;
import io.binlogbroker.broker.config.BrokerConfig;
import io.binlogbroker.broker.config.watch.ConfigStore;
import io.binlogbroker.broker.config.watch.StoredConfig;
import io.binlogbroker.broker.ha.Retries;
import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.DeliveryException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A group with the configuration that it has when the process starts.
 *
 * @param refused why the newest configuration is not used, but the one that the group followed
 *     last; null if it is used
 */
record StartedGroup(
    String name, ConfigStore store, StoredConfig config, @Nullable ConfigException refused) {
  private static final Logger log = LoggerFactory.getLogger(StartedGroup.class);

  // The configuration's StartTimeout is not known yet.
  private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(60);

  /**
   * Loads its configuration.
   *
   * @throws ConfigException when it is not valid, and the group has followed none before
   */
  static StartedGroup load(String name, ConfigStore store) {
    try {
      return new StartedGroup(name, store, retrying(store::load), null);
    } catch (ConfigException e) {
      return new StartedGroup(name, store, lastFollowed(store, e), e);
    }
  }

  /** With etcd, a supervisor's restart must not turn a typo into an outage. */
  private static StoredConfig lastFollowed(ConfigStore store, ConfigException refused) {
    StoredConfig last;
    try {
      last = retrying(store::lastFollowed);
    } catch (ConfigException e) {
      refused.addSuppressed(e);
      throw refused;
    }
    if (last == null) {
      throw refused;
    }
    return last;
  }

  /** etcd may still be starting, like this process. */
  static <T extends @Nullable Object> T retrying(Supplier<T> request) {
    StopSignal never = new StopSignal();
    Retries retries = new Retries(LOAD_TIMEOUT, never::await, System::nanoTime);
    while (true) {
      try {
        return request.get();
      } catch (DeliveryException e) {
        retries.after(e);
      }
    }
  }

  /** The settings of the process among those of the group. */
  BrokerConfig process() {
    return config.config().broker();
  }

  /** Logs where its configuration is, and whether it is the newest one. */
  void describe() {
    log.info("Group {}: {}", name, store);
    if (refused != null) {
      logRefused(config, refused);
    }
  }

  /**
   * The group, to be run. The rules of a valid text may still contradict each other.
   *
   * @throws ConfigException if they do, and the group has followed no others before
   */
  Group group(ProcessResources resources) {
    try {
      return new Group(name, store, config, resources);
    } catch (ConfigException e) {
      StoredConfig last = lastFollowed(store, e);
      if (last.text().equals(config.text())) {
        throw e;
      }
      logRefused(last, e);
      return new Group(name, store, last, resources);
    }
  }

  private void logRefused(StoredConfig last, ConfigException reason) {
    log.error(
        "The configuration at {} is refused; this broker starts with revision {}, which the group"
            + " followed last. {}",
        store,
        last.revision(),
        reason.getMessage());
  }
}
