package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * DDL of tables, indexes or schemas, for the consumers of the DDL topic.
 *
 * @param schema of the statement; the first one, if it names several
 * @param schemas all schemas that it names
 * @param defaultSchema of its session
 * @param sql its text, or a comment if it may contain a password
 */
public record SchemaStatement(
    String schema, Set<String> schemas, String defaultSchema, String sql) {
  public SchemaStatement {
    schemas = Set.copyOf(schemas);
  }

  /**
   * Null for every other statement: statements about users or stored programs are never delivered.
   */
  public static @Nullable SchemaStatement of(LoggedStatement statement) {
    return SchemaStatementReader.read(statement);
  }
}
