package io.binlogbroker.engine.schema.catalogue;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.schema.ddl.TableState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The known states of one table by position in the log. Immutable.
 *
 * @param versions in log order
 */
record TableHistory(List<TableVersion> versions) {
  /** Older ones are dropped: for an earlier position the table is read again. */
  private static final int MAX_VERSIONS = 40;

  static final TableHistory NONE = new TableHistory(List.of());

  TableHistory {
    versions = List.copyOf(versions);
  }

  /** The state for an event at this position; null if nothing is known that early. */
  @Nullable TableState at(BinlogPosition place) {
    TableState state = null;
    for (TableVersion version : versions) {
      if (place.isBefore(version.from())) {
        return state;
      }
      state = version.state();
    }
    return state;
  }

  /** Whether it was read from the server at exactly this position. */
  boolean isReadAt(BinlogPosition place) {
    return versions.stream().anyMatch(version -> version.read() && version.from().equals(place));
  }

  /** The state just before an event at this position. */
  @Nullable TableState before(BinlogPosition place) {
    TableState state = null;
    for (TableVersion version : versions) {
      if (!version.from().isBefore(place)) {
        return state;
      }
      state = version.state();
    }
    return state;
  }

  /** A copy with this version inserted, replacing one at the same position. */
  TableHistory with(TableVersion added) {
    List<TableVersion> kept = new ArrayList<>();
    versions.stream().filter(v -> v.from().isBefore(added.from())).forEach(kept::add);
    kept.add(added);
    versions.stream().filter(v -> added.from().isBefore(v.from())).forEach(kept::add);
    int surplus = Math.max(0, kept.size() - MAX_VERSIONS);
    return new TableHistory(kept.subList(surplus, kept.size()));
  }
}
