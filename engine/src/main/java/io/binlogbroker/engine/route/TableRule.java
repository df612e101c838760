package io.binlogbroker.engine.route;

import io.binlogbroker.engine.model.FormatName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rule for the tables of one name or pattern.
 *
 * @param topic null for the schema's name
 * @param key null for the table's name
 * @param format null for the source's or the broker's default
 * @param mask masked columns and their masks
 * @param tombstones whether a delete is followed by a tombstone
 * @param snapshot whether existing rows are delivered; null for the source's default
 * @param snapshotWhere a condition of SQL for them; null for all
 */
public record TableRule(
    String table,
    @Nullable String topic,
    @Nullable String key,
    @Nullable FormatName format,
    ColumnChoice columns,
    Map<String, MaskKind> mask,
    boolean tombstones,
    @Nullable SnapshotMode snapshot,
    @Nullable String snapshotWhere) {
  public TableRule {
    mask = Map.copyOf(mask);
  }

  /** A rule for all columns, unmasked. */
  public TableRule(
      String table, @Nullable String topic, @Nullable String key, @Nullable FormatName format) {
    this(table, topic, key, format, ColumnChoice.ALL, Map.of(), false, null, null);
  }
}
