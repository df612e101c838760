package io.binlogbroker.engine.schema.catalogue;

import io.binlogbroker.engine.model.BinlogPosition;
import io.binlogbroker.engine.schema.ddl.TableState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one table, by place in the log. Immutable.
 *
 * @param versions in the order of the log
 */
record TableHistory(List<TableVersion> versions) {
  /** Older ones are forgotten: whoever goes back that far has the table read anew. */
  private static final int MAX_VERSIONS = 40;

  static final TableHistory NONE = new TableHistory(List.of());

  TableHistory {
    versions = List.copyOf(versions);
  }

  /** What holds for an event at this place; null when nothing is known that early. */
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

  /** Whether it was read from the server at this very place. */
  boolean isReadAt(BinlogPosition place) {
    return versions.stream().anyMatch(version -> version.read() && version.from().equals(place));
  }

  /** What holds just before an event at this place. */
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

  /** With this version in its place of the log, and in that of another one there. */
  TableHistory with(TableVersion added) {
    List<TableVersion> kept = new ArrayList<>();
    versions.stream().filter(v -> v.from().isBefore(added.from())).forEach(kept::add);
    kept.add(added);
    versions.stream().filter(v -> added.from().isBefore(v.from())).forEach(kept::add);
    int surplus = Math.max(0, kept.size() - MAX_VERSIONS);
    return new TableHistory(kept.subList(surplus, kept.size()));
  }
}
