package io.binlogbroker.engine.source.mysql;

import io.binlogbroker.engine.schema.ddl.EmptiedTable;
import io.binlogbroker.engine.source.mysql.log.StatementReader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the only schemas that a change in statement format can affect, as far as they are certain.
 * Stateless.
 */
final class UpdatedSchemas {
  private UpdatedSchemas() {}

  /**
   * As MySQL writes them into the QUERY event. One statement does not have them, because no session
   * sent it: the one that MySQL 5.7 writes for a MEMORY table emptied by a restart.
   *
   * @return null where others may be changed as well, through views, triggers or functions
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
