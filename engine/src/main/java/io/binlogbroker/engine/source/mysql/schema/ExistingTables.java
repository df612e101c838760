package io.binlogbroker.engine.source.mysql.schema;

import io.binlogbroker.binlog.wire.Row;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.source.mysql.server.SourceFailures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Lists the tables of a server, except the system's. Stateless. */
public final class ExistingTables {
  private ExistingTables() {}

  /**
   * The tables, the smallest first.
   *
   * @param named tables that rules name: those that exist but are hidden from the user are listed,
   *     too, since reading them shows what is missing
   */
  public static List<TableName> of(Session open, List<TableName> named) throws IOException {
    List<TableName> tables = new ArrayList<>(shown(open));
    for (TableName name : named) {
      if (!tables.contains(name) && isHidden(open, name)) {
        tables.add(name);
      }
    }
    return tables;
  }

  private static boolean isHidden(Session open, TableName name) throws IOException {
    try {
      open.query("SELECT 1 FROM " + name.quoted() + " LIMIT 0");
      return false;
    } catch (ServerErrorException e) {
      return SourceFailures.isDenied(e);
    }
  }

  private static List<TableName> shown(Session open) throws IOException {
    String sql =
        "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES"
            + " WHERE TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') AND TABLE_SCHEMA NOT IN"
            + " ('mysql', 'sys', 'information_schema', 'performance_schema')"
            + " ORDER BY TABLE_ROWS, TABLE_SCHEMA, TABLE_NAME";
    return open.query(sql).rows().stream()
        .map(row -> new TableName(name(row, 0), name(row, 1)))
        .toList();
  }

  private static String name(Row row, int column) {
    return Objects.requireNonNull(row.text(column), "information_schema gave NULL for a name");
  }
}
