package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import java.util.List;

/** DROP TABLE. */
record DropTables(List<TableName> names, LoggedStatement statement) implements Ddl {
  @Override
  public void apply(Tables tables) {
    for (TableName name : names) {
      if (tables.get(name) != null || tables.isWanted(name)) {
        tables.put(name, TableState.absent(statement.brief()));
      }
    }
  }

  @Override
  public boolean invalidates(TableName name) {
    return names.contains(name);
  }
}
