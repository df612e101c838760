package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import java.util.List;

/** RENAME TABLE: pair by pair, so that two names can be swapped through a third. */
record RenameTables(List<Pair> pairs, LoggedStatement statement) implements Ddl {
  record Pair(TableName from, TableName to) {}

  @Override
  public void apply(Tables tables) {
    for (Pair pair : pairs) {
      rename(pair, tables);
    }
  }

  private void rename(Pair pair, Tables tables) {
    TableState moved = tables.get(pair.from());
    if (moved != null) {
      tables.put(pair.from(), TableState.absent(statement.brief()));
      tables.put(pair.to(), moved);
      return;
    }
    if (tables.get(pair.to()) != null || tables.isWanted(pair.to())) {
      String why = "the columns of " + pair.from() + " were unknown before: ";
      tables.put(pair.to(), TableState.unknown(why + statement.brief()));
    }
  }

  @Override
  public boolean invalidates(TableName name) {
    return pairs.stream().anyMatch(pair -> name.equals(pair.from()) || name.equals(pair.to()));
  }
}
