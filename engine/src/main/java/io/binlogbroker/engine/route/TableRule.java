package io.binlogbroker.engine.route;

import io.binlogbroker.engine.model.FormatName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to do with the tables of one name or pattern.
 *
 * @param topic null for the schema's name
 * @param key null for the table's name
 * @param format null for the source's, or else the broker's
 * @param mask columns whose cells nobody may see, and what stands for them
 * @param tombstones whether a delete is followed by a message without a value
 */
public record TableRule(
    String table,
    @Nullable String topic,
    @Nullable String key,
    @Nullable FormatName format,
    ColumnChoice columns,
    Map<String, MaskKind> mask,
    boolean tombstones) {
  public TableRule {
    mask = Map.copyOf(mask);
  }

  /** Of all columns as they are. */
  public TableRule(
      String table, @Nullable String topic, @Nullable String key, @Nullable FormatName format) {
    this(table, topic, key, format, ColumnChoice.ALL, Map.of(), false);
  }
}
