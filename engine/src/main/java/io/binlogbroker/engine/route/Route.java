package io.binlogbroker.engine.route;

import io.binlogbroker.engine.model.FormatName;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of one table go, and what of them.
 *
 * @param key the rule for their partition key
 * @param format null for the broker's usual one
 * @param cells which of their cells are shown
 * @param tombstones whether a delete is followed by a message without a value
 */
public record Route(
    String topic, KeyRule key, @Nullable FormatName format, CellRule cells, boolean tombstones) {
  /** Of whole rows. */
  public Route(String topic, KeyRule key, @Nullable FormatName format) {
    this(topic, key, format, CellRule.NONE, false);
  }

  @Override
  public String toString() {
    return "topic "
        + topic
        + ", key "
        + key
        + (format == null ? "" : ", format " + format.word())
        + (cells.isNone() ? "" : ", " + cells)
        + (tombstones ? ", tombstones" : "");
  }
}
