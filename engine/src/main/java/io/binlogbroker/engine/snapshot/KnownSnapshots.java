package io.binlogbroker.engine.snapshot;

import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.engine.model.FailureKind;
import io.binlogbroker.engine.model.TableName;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest states of a group's snapshots, complete ones included. Guarded by the lock of {@link
 * Snapshots}.
 */
final class KnownSnapshots {
  /** The name of the state with the digest of the rules whose tables were found. */
  static final String RULES = "snapshots";

  private final Map<TableName, SnapshotState> states = new LinkedHashMap<>();
  private final boolean ignoresCase;

  /**
   * @param ignoresCase whether names of tables that differ in case are the same
   */
  KnownSnapshots(boolean ignoresCase) {
    this.ignoresCase = ignoresCase;
  }

  /** Takes the states that are stored, by name. */
  void load(Map<String, byte[]> stored) {
    stored.forEach(
        (name, json) -> {
          if (SnapshotState.isName(name)) {
            put(parsed(name, json));
          }
        });
  }

  private static SnapshotState parsed(String name, byte[] json) {
    try {
      return SnapshotState.of(json);
    } catch (IOException e) {
      throw DeliveryException.fatal(
          FailureKind.CONFIGURATION,
          "The state \""
              + name
              + "\" in the positions topic is damaged: "
              + e.getMessage()
              + ". fix: write a tombstone under its key; the table is then not read to its end",
          e);
    }
  }

  void put(SnapshotState state) {
    states.put(cased(state.tableName()), state);
  }

  @Nullable SnapshotState get(TableName name) {
    return states.get(cased(name));
  }

  Collection<SnapshotState> all() {
    return List.copyOf(states.values());
  }

  /** A name as it is compared. */
  TableName cased(TableName name) {
    return ignoresCase ? name.lowerCase() : name;
  }
}
