package io.binlogbroker.engine.source.mysql.schema;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.wire.Row;
import io.binlogbroker.binlog.wire.Session;
import io.binlogbroker.binlog.wire.connection.ServerErrorException;
import io.binlogbroker.engine.schema.ddl.sql.Charsets;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;
import io.binlogbroker.engine.schema.ddl.table.TableKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table as the server shows it now, with the columns that MariaDB's system versioning adds
 * invisibly. One thread, one use.
 */
public final class ShownTable {
  private static final String ROW_END = "row_end";
  private static final int NO_SUCH_TABLE = 1146;

  /** Columns of SHOW INDEX. */
  private static final int NON_UNIQUE = 1;

  private static final int KEY_NAME = 2;
  private static final int COLUMN_NAME = 4;
  private static final int SUB_PART = 7;
  private static final int INDEX_TYPE = 10;

  private final Session session;
  private final String schema;
  private final String table;
  private final List<ColumnSchema> columns = new ArrayList<>();

  private @Nullable String rowEnd;

  public ShownTable(Session session, String schema, String table) {
    this.session = session;
    this.schema = schema;
    this.table = table;
  }

  /** The definition; null when the server does not show the table, or no longer does. */
  public @Nullable TableDefinition definition() throws IOException {
    try {
      return read();
    } catch (ServerErrorException e) {
      if (e.code() != NO_SUCH_TABLE) {
        throw e;
      }
      return null; // dropped between two queries
    }
  }

  private @Nullable TableDefinition read() throws IOException {
    readColumns();
    Row facts =
        session
            .query(
                "SELECT TABLE_TYPE, ENGINE, TABLE_COLLATION FROM information_schema.TABLES"
                    + InformationSchema.where(schema, table))
            .first()
            .orElse(null);
    if (columns.isEmpty() || facts == null) {
      return null;
    }
    if ("SYSTEM VERSIONED".equals(facts.text(0)) && rowEnd == null) {
      columns.add(new ColumnSchema("row_start", "timestamp(6)", "timestamp", false, null));
      columns.add(new ColumnSchema(ROW_END, "timestamp(6)", "timestamp", false, null));
      rowEnd = ROW_END;
    }
    boolean hashes = session.isMariaDb() && !"MEMORY".equals(facts.text(1));
    String collation = facts.text(2);
    return new TableDefinition(
        columns, keys(hashes), collation == null ? null : Charsets.ofCollation(collation));
  }

  private void readColumns() throws IOException {
    String sql =
        "SELECT COLUMN_NAME, COLUMN_TYPE, DATA_TYPE, IS_NULLABLE, CHARACTER_SET_NAME, EXTRA,"
            + " GENERATION_EXPRESSION FROM information_schema.COLUMNS"
            + InformationSchema.where(schema, table)
            + " ORDER BY ORDINAL_POSITION";
    for (Row row : session.query(sql).rows()) {
      String name = text(row, 0);
      columns.add(
          new ColumnSchema(
              name,
              text(row, 1),
              text(row, 2),
              text(row, 3).equals("YES"),
              row.text(4),
              text(row, 5).contains("VIRTUAL GENERATED")));
      if (session.isMariaDb() && "ROW END".equals(row.text(6))) {
        rowEnd = name;
      }
    }
  }

  /** The keys; only SHOW INDEX has them in the server's own order. */
  private List<TableKey> keys(boolean hashes) throws IOException {
    String sql = "SHOW INDEX FROM " + quoted(table) + " FROM " + quoted(schema);
    List<TableKey> keys = new ArrayList<>();
    List<Row> parts = new ArrayList<>();
    for (Row row : session.query(sql).rows()) {
      if (!parts.isEmpty() && !text(row, KEY_NAME).equals(text(parts.get(0), KEY_NAME))) {
        take(parts, hashes, keys);
      }
      parts.add(row);
    }
    take(parts, hashes, keys);
    return keys;
  }

  private void take(List<Row> rows, boolean hashes, List<TableKey> keys) {
    if (!rows.isEmpty() && text(rows.get(0), NON_UNIQUE).equals("0")) {
      keys.add(key(rows, hashes));
    }
    rows.clear();
  }

  private TableKey key(List<Row> rows, boolean hashes) {
    String name = text(rows.get(0), KEY_NAME);
    boolean hashed = hashes && "HASH".equals(rows.get(0).text(INDEX_TYPE));
    boolean functional = false;
    List<TableKey.Part> parts = new ArrayList<>();
    for (Row row : rows) {
      String column = row.text(COLUMN_NAME);
      functional |= column == null || isVirtual(column);
      if (column != null) {
        String prefix = row.text(SUB_PART);
        parts.add(new TableKey.Part(column, prefix == null ? 0 : Integer.parseInt(prefix)));
      }
    }
    if (rowEnd != null && parts.stream().noneMatch(part -> part.column().equals(rowEnd))) {
      parts.add(new TableKey.Part(rowEnd, 0));
    }
    return new TableKey(name, kind(name, hashed, functional), parts);
  }

  /** Whether a column is virtual: a key over such a column is not used as the primary key. */
  private boolean isVirtual(String name) {
    return columns.stream().anyMatch(column -> column.virtual() && column.name().equals(name));
  }

  private static TableKey.Kind kind(String name, boolean hashed, boolean functional) {
    if (name.equals(TableKey.PRIMARY)) {
      return TableKey.Kind.PRIMARY;
    }
    return hashed
        ? TableKey.Kind.HASHED
        : functional ? TableKey.Kind.FUNCTIONAL : TableKey.Kind.UNIQUE;
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static String text(Row row, int column) {
    return Objects.requireNonNull(row.text(column), "the server gave NULL for a name");
  }
}
