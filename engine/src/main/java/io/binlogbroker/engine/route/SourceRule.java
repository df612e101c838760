package io.binlogbroker.engine.route;

import io.binlogbroker.engine.model.FormatName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the schemas of one name or pattern.
 *
 * @param format null for the broker's default
 * @param snapshot whether existing rows are delivered; null for the default of all schemas
 */
public record SourceRule(
    String schema,
    List<TableRule> tables,
    @Nullable FormatName format,
    @Nullable SnapshotMode snapshot) {
  public SourceRule {
    tables = List.copyOf(tables);
  }

  /** A copy with other rules for tables. */
  public SourceRule withTables(List<TableRule> other) {
    return new SourceRule(schema, other, format, snapshot);
  }
}
