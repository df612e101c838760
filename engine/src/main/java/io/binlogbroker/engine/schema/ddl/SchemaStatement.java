package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * DDL of tables, indexes or schemas, as readers of a log of DDL may have it.
 *
 * @param schema that it is about; the first one, if it names several
 * @param schemas all that it names
 * @param defaultSchema of its session
 * @param sql its text; a comment in its place where it may hold a password
 */
public record SchemaStatement(
    String schema, Set<String> schemas, String defaultSchema, String sql) {
  public SchemaStatement {
    schemas = Set.copyOf(schemas);
  }

  /** Null for every other statement: none that is about users or programs is ever given out. */
  public static @Nullable SchemaStatement of(LoggedStatement statement) {
    return SchemaStatementReader.read(statement);
  }
}
