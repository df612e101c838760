package io.binlogbroker.engine.source.mysql;

import io.binlogbroker.engine.schema.ddl.EmptiedTable;
import io.binlogbroker.engine.source.mysql.log.StatementReader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which schemas a change in statement format is certain to be about alone. Stateless. */
final class UpdatedSchemas {
  private UpdatedSchemas() {}

  /**
   * As MySQL notes them. One statement comes without a note, since no session sent it: that of
   * MySQL 5.7 for a MEMORY table that a restart has emptied.
   *
   * @return null where others may be changed as well, by way of views, triggers and functions
   */
  static @Nullable Set<String> of(StatementReader.Read statement) {
    Set<String> updated = statement.updated();
    if (updated == null) {
      String schema = EmptiedTable.schema(statement.text());
      return schema == null ? null : Set.of(schema);
    }
    return updated.isEmpty() ? null : updated;
  }
}
