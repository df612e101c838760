package io.binlogbroker.engine.schema.ddl;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.engine.model.TableName;
import io.binlogbroker.engine.schema.ddl.sql.LoggedStatement;
import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;
import io.binlogbroker.engine.schema.ddl.table.TableDefinition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tables in memory that statements are applied to; prints them as lines. */
public final class MemoryTables implements Tables {
  public static final SqlDialect MYSQL = dialect(false, 80033, SqlDialect.TypeNames.OWN);
  public static final SqlDialect MARIADB = dialect(true, 110405, SqlDialect.TypeNames.OWN);

  private final Map<String, TableState> states;
  private final SqlDialect dialect;

  /** For a session with utf8mb4. */
  static SqlDialect dialect(boolean mariaDb, int version, SqlDialect.TypeNames typeNames) {
    boolean explicitTimestamps = version >= 80000;
    return new SqlDialect(
        typeNames == SqlDialect.TypeNames.ORACLE,
        true,
        false,
        mariaDb,
        version,
        explicitTimestamps,
        "utf8mb4",
        typeNames);
  }

  MemoryTables(SqlDialect dialect) {
    this.dialect = dialect;
    this.states = new TreeMap<>();
  }

  /** The same tables for statements of another session. */
  MemoryTables(MemoryTables shared, SqlDialect dialect) {
    this.dialect = dialect;
    this.states = shared.states;
  }

  /** Tables in the schema {@code d}, whose character set is utf8mb4. */
  static MemoryTables mysql(String... statements) {
    return new MemoryTables(MYSQL).run(statements);
  }

  static MemoryTables mariaDb(String... statements) {
    return new MemoryTables(MARIADB).run(statements);
  }

  MemoryTables run(String... statements) {
    for (String sql : statements) {
      Ddl ddl = DdlReader.read(new LoggedStatement("d", sql, "latin1", dialect), false);
      if (ddl != null) {
        ddl.apply(this);
      }
    }
    return this;
  }

  /** Columns as {@code name type [NOT NULL] [charset]}, then the primary key. */
  String show(String table) {
    TableState state = states.get("d." + table);
    if (state == null) {
      return "nothing";
    }
    return state.isKnown() ? show(state.known()) : state.kind() + " " + state.why();
  }

  private static String show(TableDefinition definition) {
    String columns =
        definition.columns().stream().map(MemoryTables::show).collect(Collectors.joining(", "));
    return columns + " " + definition.primaryKey();
  }

  private static String show(ColumnSchema column) {
    return column.name()
        + " "
        + column.columnType()
        + (column.nullable() ? "" : " NOT NULL")
        + (column.characterSet() == null ? "" : " " + column.characterSet())
        + (column.virtual() ? " VIRTUAL" : "");
  }

  @Override
  public @Nullable TableState get(TableName name) {
    return states.get(name.toString());
  }

  @Override
  public void put(TableName name, TableState state) {
    states.put(name.toString(), state);
  }

  @Override
  public List<TableName> of(String schema) {
    return states.keySet().stream()
        .filter(name -> name.startsWith(schema + "."))
        .map(name -> new TableName(schema, name.substring(schema.length() + 1)))
        .toList();
  }

  @Override
  public List<TableName> all() {
    return states.keySet().stream()
        .filter(name -> name.contains("."))
        .map(name -> name.split("\\.", 2))
        .map(names -> new TableName(names[0], names[1]))
        .toList();
  }

  @Override
  public boolean isWanted(TableName name) {
    return true;
  }

  @Override
  public String charsetOf(String schema) {
    TableState state = states.get(schema);
    return state == null ? "utf8mb4" : String.valueOf(state.known().charset());
  }
}
