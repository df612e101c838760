package io.binlogbroker.engine.route;

import java.util.List;

/**
 * One entry of {@code Sources}, compiled; without tables it applies to the whole schema.
 *
 * @param others for tables without a rule
 */
record SchemaRules(NamePattern schema, List<TableRoute> tables, TableRoute others) {
  SchemaRules {
    tables = List.copyOf(tables);
  }

  boolean isWhole() {
    return tables.isEmpty();
  }
}
