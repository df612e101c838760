package io.binlogbroker.engine.route;

import io.binlogbroker.engine.model.FormatName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules for the schemas of one name or pattern.
 *
 * @param format null for the broker's default
 */
public record SourceRule(String schema, List<TableRule> tables, @Nullable FormatName format) {
  public SourceRule {
    tables = List.copyOf(tables);
  }
}
