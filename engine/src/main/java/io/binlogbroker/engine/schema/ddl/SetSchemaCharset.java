package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;
import org.jspecify.annotations.Nullable;

/**
 * CREATE or ALTER DATABASE: sets a schema's default character set.
 *
 * @param charset null if unknown
 */
record SetSchemaCharset(
    String schema,
    @Nullable String charset,
    boolean create,
    boolean ifNotExists,
    LoggedStatement statement)
    implements Ddl {
  @Override
  public void apply(Tables tables) {
    TableName name = TableName.ofSchema(schema);
    TableState before = tables.get(name);
    if (ifNotExists && (before == null || before.kind() != TableState.Kind.ABSENT)) {
      return; // the schema may have existed, in which case the statement had no effect
    }
    tables.put(
        name,
        charset == null
            ? TableState.unknown(statement.brief())
            : TableState.known(TableDefinition.ofSchema(charset), statement.brief()));
  }

  @Override
  public boolean invalidates(TableName name) {
    return !create && name.equals(TableName.ofSchema(schema));
  }
}
