package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;

/** DROP DATABASE, which drops all its tables. */
record DropSchema(String schema, LoggedStatement statement) implements Ddl {
  @Override
  public void apply(Tables tables) {
    for (TableName name : tables.of(schema)) {
      tables.put(name, TableState.absent(statement.brief()));
    }
  }

  @Override
  public boolean invalidates(TableName name) {
    return name.schema().equals(schema);
  }
}
