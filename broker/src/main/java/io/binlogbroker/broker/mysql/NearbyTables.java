package io.binlogbroker.broker.mysql;

import io.binlogbroker.broker.config.Nearest;
import io.binlogbroker.broker.route.NamedTable;
import io.binlogbroker.broker.route.Routes.RuleNames;
import java.util.List;
import java.util.Optional;

/**
 * Suggests what a rule that fits no table may have meant, from those a server shows. One thread.
 */
final class NearbyTables {
  private final List<String> names;
  private final List<String> schemas;

  NearbyTables(List<NamedTable> tables) {
    this.names = tables.stream().map(NamedTable::toString).toList();
    this.schemas = tables.stream().map(NamedTable::schema).distinct().toList();
  }

  /** What to write instead; empty when nothing is like it. */
  String fix(RuleNames rule) {
    if (!rule.asShellPattern().isEmpty()) {
      return "write \"" + rule.asShellPattern() + "\", if * means any text here";
    }
    if (rule.isPlain()) {
      Optional<String> table = Nearest.likely(rule.names().toString(), names);
      if (table.isPresent()) {
        return meant(table.get());
      }
    }
    String schema = rule.names().schema();
    return schemas.contains(schema)
        ? ""
        : Nearest.likely(schema, schemas).map(like -> meant("schema " + like)).orElse("");
  }

  private static String meant(String name) {
    return "correct the name, if " + name + " is meant; case matters";
  }
}
