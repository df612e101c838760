package io.binlogbroker.engine.route;

import io.binlogbroker.engine.model.FormatName;
import org.jspecify.annotations.Nullable;

/**
 * The topic, key, format and columns of one table's messages.
 *
 * @param key the rule for the message key
 * @param format null for the broker's default
 * @param cells the delivered and masked columns
 * @param tombstones whether a delete is followed by a tombstone
 * @param snapshot which existing rows are delivered
 */
public record Route(
    String topic,
    KeyRule key,
    @Nullable FormatName format,
    CellRule cells,
    boolean tombstones,
    SnapshotRule snapshot) {
  /** A route for whole rows. */
  public Route(String topic, KeyRule key, @Nullable FormatName format) {
    this(topic, key, format, CellRule.NONE, false, SnapshotRule.NEVER);
  }

  @Override
  public String toString() {
    return "topic "
        + topic
        + ", key "
        + key
        + (format == null ? "" : ", format " + format.word())
        + (cells.isNone() ? "" : ", " + cells)
        + (tombstones ? ", tombstones" : "")
        + (snapshot.isInitial() ? ", " + snapshot : "");
  }
}
