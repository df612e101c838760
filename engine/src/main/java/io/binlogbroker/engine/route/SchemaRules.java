package io.binlogbroker.engine.route;

import io.binlogbroker.engine.model.FormatName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code Sources}, compiled; without tables it applies to the whole schema.
 *
 * @param format of the tables without a rule; null for the broker's default
 */
record SchemaRules(NamePattern schema, List<TableRoute> tables, @Nullable FormatName format) {
  SchemaRules {
    tables = List.copyOf(tables);
  }

  boolean isWhole() {
    return tables.isEmpty();
  }
}
