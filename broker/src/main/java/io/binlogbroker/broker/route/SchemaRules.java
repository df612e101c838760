package io.binlogbroker.broker.route;

import java.util.List;

/** One entry of {@code Sources}, compiled; without tables it speaks of the schema as a whole. */
record SchemaRules(NamePattern schema, List<TableRoute> tables) {
  SchemaRules {
    tables = List.copyOf(tables);
  }

  boolean isWhole() {
    return tables.isEmpty();
  }
}
