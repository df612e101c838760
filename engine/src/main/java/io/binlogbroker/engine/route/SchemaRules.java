package io.binlogbroker.engine.route;

import io.binlogbroker.engine.model.FormatName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code Sources}, compiled; without tables it speaks of the schema as a whole.
 *
 * @param format of the tables that no rule names; null for the broker's usual one
 */
record SchemaRules(NamePattern schema, List<TableRoute> tables, @Nullable FormatName format) {
  SchemaRules {
    tables = List.copyOf(tables);
  }

  boolean isWhole() {
    return tables.isEmpty();
  }
}
