package io.binlogbroker.engine.source.mysql.check;

import io.binlogbroker.engine.model.Nearest;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.route.Routes.RuleNames;
import java.util.List;
import java.util.Optional;

/** Suggests tables of a server with similar names for a rule that matches no table. One thread. */
final class NearbyTables {
  private final List<String> names;
  private final List<String> schemas;

  NearbyTables(List<TableName> tables) {
    this.names = tables.stream().map(TableName::toString).toList();
    this.schemas = tables.stream().map(TableName::schema).distinct().toList();
  }

  /** What to write instead; empty when no name is similar. */
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
