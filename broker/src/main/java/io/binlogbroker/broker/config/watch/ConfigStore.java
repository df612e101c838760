package io.binlogbroker.broker.config.watch;

import io.binlogbroker.broker.ha.AppliedConfig;
import io.binlogbroker.engine.model.ConfigException;
import org.jspecify.annotations.Nullable;

/** Stores a group's configuration and reports changes while brokers run. */
public interface ConfigStore extends AutoCloseable {
  /**
   * Reads the current configuration.
   *
   * @throws ConfigException with everything that is wrong with it
   * @throws io.binlogbroker.engine.model.DeliveryException when the store cannot be reached now
   */
  StoredConfig load();

  /**
   * The configuration in a recorded text, combined with the other parts that were loaded here last.
   * It keeps its revision if the store's revisions are the same for every process.
   *
   * @throws ConfigException with everything that is wrong with it
   */
  StoredConfig recorded(AppliedConfig applied);

  /**
   * The configuration that the group's last master followed, for a start while the current one is
   * invalid; null if it is unknown or must not be followed.
   */
  default @Nullable StoredConfig lastFollowed() {
    return null;
  }

  /** What changes the configuration; null where that is not possible. */
  default @Nullable ConfigEditor editor() {
    return null;
  }

  /**
   * Whether all brokers of the group read this same store, so that its rules are never older than
   * the group's.
   */
  boolean isShared();

  /**
   * Starts to report changes after a revision, on a thread of the store, until the store is closed.
   * Of changes in quick succession only the last need be reported; the last always is, also after
   * the store was unreachable.
   */
  void watch(long afterRevision, Listener listener);

  /** Also ends the watch. */
  @Override
  void close();

  /** Names the store in messages. */
  @Override
  String toString();

  /** Receives changes of the configuration. */
  interface Listener {
    void changed(StoredConfig config);

    /** The current text is not a valid configuration. */
    void faulty(long revision, ConfigException faults);
  }
}
