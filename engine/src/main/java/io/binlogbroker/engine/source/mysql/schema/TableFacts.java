package io.binlogbroker.engine.source.mysql.schema;

import io.binlogbroker.binlog.row.column.SchemaException;
import io.binlogbroker.binlog.wire.Row;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.engine.model.TableName;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a server tells of a table besides its definition.
 *
 * @param rowLength average size of a row in bytes; 0 if the server does not know it
 * @param isTransactional whether a view of its data does not change; otherwise each query reads
 *     what is there
 * @param columns by name, with what the order of their values depends on
 */
public record TableFacts(long rowLength, boolean isTransactional, Map<String, String> columns) {
  /** Why a table cannot be read that information_schema does not list. */
  public static final String MISSING =
      "the table does not exist, or this user may not read it; fix: GRANT SELECT on the table";

  public TableFacts {
    columns = Map.copyOf(columns);
  }

  /**
   * @throws SchemaException if it is a view or a sequence, or does not exist
   */
  public static TableFacts read(Session session, TableName name) throws IOException {
    String sql =
        "SELECT T.TABLE_TYPE, T.AVG_ROW_LENGTH, E.TRANSACTIONS FROM information_schema.TABLES AS T"
            + " LEFT JOIN information_schema.ENGINES AS E ON E.ENGINE = T.ENGINE"
            + InformationSchema.where(name.schema(), name.table());
    List<Row> rows = existing(session.query(sql).rows());
    String type = String.valueOf(rows.get(0).text(0));
    if (!type.equals("BASE TABLE") && !type.equals("SYSTEM VERSIONED")) {
      throw new SchemaException("it is no table but: " + type + "; only tables have row changes");
    }
    String length = rows.get(0).text(1);
    return new TableFacts(
        length == null ? 0 : Long.parseLong(length),
        "YES".equals(rows.get(0).text(2)),
        columns(session, name));
  }

  /** The table may be dropped between two queries. */
  private static List<Row> existing(List<Row> rows) {
    if (rows.isEmpty()) {
      throw new SchemaException(MISSING);
    }
    return rows;
  }

  /** All integers are ordered alike. */
  private static Map<String, String> columns(Session session, TableName name) throws IOException {
    String sql =
        "SELECT COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, COLLATION_NAME FROM"
            + " information_schema.COLUMNS"
            + InformationSchema.where(name.schema(), name.table());
    Map<String, String> columns = new HashMap<>();
    for (Row row : existing(session.query(sql).rows())) {
      String column = String.valueOf(row.text(0));
      String type = String.valueOf(row.text(1)).endsWith("int") ? "integer" : row.text(2);
      String collation = row.text(3) == null ? "" : " " + row.text(3);
      columns.put(column, column + " " + type + collation);
    }
    return columns;
  }
}
