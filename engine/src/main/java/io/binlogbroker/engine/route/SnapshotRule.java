package io.binlogbroker.engine.route;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which of a table's existing rows are delivered.
 *
 * @param where a condition of SQL that the rows meet; null for all rows
 */
public record SnapshotRule(SnapshotMode mode, @Nullable String where) {
  /** No rows, unless somebody asks for them. */
  public static final SnapshotRule NEVER = new SnapshotRule(SnapshotMode.NEVER, null);

  public boolean isInitial() {
    return mode == SnapshotMode.INITIAL;
  }

  @Override
  public String toString() {
    return "snapshot "
        + mode.name().toLowerCase(Locale.ROOT)
        + (where == null ? "" : " where " + where);
  }
}
