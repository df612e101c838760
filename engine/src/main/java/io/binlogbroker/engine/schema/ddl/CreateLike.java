package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;

/** CREATE TABLE ... LIKE another. */
record CreateLike(
    TableName name,
    TableName model,
    boolean orReplace,
    boolean ifNotExists,
    LoggedStatement statement)
    implements Ddl {
  @Override
  public void apply(Tables tables) {
    TableState before = tables.get(name);
    if (ifNotExists && before != null && before.kind() != TableState.Kind.ABSENT) {
      return;
    }
    TableState of = tables.get(model);
    if (of != null && of.isKnown() && !(ifNotExists && before == null)) {
      tables.put(name, TableState.known(of.known(), statement.brief()));
    } else if (before != null || tables.isWanted(name)) {
      tables.put(name, TableState.unknown("the columns of " + model + " are unknown"));
    }
  }

  @Override
  public boolean invalidates(TableName other) {
    return orReplace && name.equals(other);
  }
}
