package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.ha.AppliedConfig;
import io.binlogbroker.engine.model.ConfigException;
import org.jspecify.annotations.Nullable;

/** Where a group's configuration lies, and from where it is changed while brokers run. */
public interface ConfigStore extends AutoCloseable {
  /**
   * Reads what lies there now.
   *
   * @throws ConfigException with everything that is wrong with it
   * @throws io.binlogbroker.engine.model.DeliveryException when it cannot be read now
   */
  StoredConfig load();

  /**
   * What a recorded text says, beside what else was loaded here last; under its own revision where
   * the store's revisions are the same for every process.
   *
   * @throws ConfigException with everything that is wrong with it
   */
  StoredConfig recorded(AppliedConfig applied);

  /**
   * What the group's last master followed, for a start while what lies there now has faults; null
   * where it is not known, or is not to be followed.
   */
  default @Nullable StoredConfig lastFollowed() {
    return null;
  }

  /** Whether all brokers of the group read this very place: then it is never behind them. */
  boolean isShared();

  /**
   * Begins to tell what is changed after a revision, on one thread of the store's own, until the
   * store is closed. Of changes in quick succession only the last need be told; the last always is,
   * also after the store was out of reach.
   */
  void watch(long since, Listener listener);

  /** Ends the watch as well. */
  @Override
  void close();

  /** Names the place, for people. */
  @Override
  String toString();

  /** Is told what became of the configuration. */
  interface Listener {
    void changed(StoredConfig config);

    /** What lies there now is no configuration. */
    void faulty(long revision, ConfigException faults);
  }
}
