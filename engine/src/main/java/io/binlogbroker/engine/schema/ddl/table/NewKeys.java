package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;
import io.binlogbroker.engine.schema.ddl.table.KeyReader.UniqueKeyClause;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The unique keys that a statement creates, in its order. Used once. */
public final class NewKeys {
  private final SqlDialect dialect;
  private final List<UniqueKeyClause> clauses = new ArrayList<>();

  public NewKeys(SqlDialect dialect) {
    this.dialect = dialect;
  }

  /**
   * @throws DdlException when there are more than any table can have
   */
  public void add(@Nullable UniqueKeyClause clause) {
    if (clause != null) {
      clauses.add(clause);
      ServerLimits.requireKeys(clauses.size());
    }
  }

  /**
   * The keys of a column definition; created even if MariaDB skips the column because of IF NOT
   * EXISTS.
   */
  public void addInline(ReadColumn column) {
    String name = column.column().name();
    if (column.primary()) {
      add(new UniqueKeyClause(TableKey.primary(List.of(name)), false));
    }
    if (column.unique()) {
      List<TableKey.Part> whole = List.of(new TableKey.Part(name, 0));
      add(new UniqueKeyClause(new TableKey("", TableKey.Kind.UNIQUE, whole), false));
    }
  }

  boolean isEmpty() {
    return clauses.isEmpty();
  }

  /** MariaDB's IF NOT EXISTS refers to the old table, even if the statement drops keys. */
  void removeExisting(List<TableKey> before) {
    clauses.removeIf(clause -> clause.ifNone() && TableKeys.named(before, name(clause)) != null);
  }

  private static String name(UniqueKeyClause clause) {
    TableKey key = clause.key();
    return key.name().isEmpty() && !key.parts().isEmpty()
        ? key.parts().get(0).column()
        : key.name();
  }

  /** The columns of the new primary key; empty without one. */
  public List<String> primaryKey() {
    return clauses.stream()
        .map(UniqueKeyClause::key)
        .filter(TableKey::isPrimary)
        .flatMap(key -> key.columns().stream())
        .toList();
  }

  /**
   * All keys of a table in the server's order, including existing ones.
   *
   * @param columns of the table afterwards
   */
  public List<TableKey> after(List<TableKey> kept, List<ColumnSchema> columns) {
    return TableKeys.sorted(appended(kept, columns), columns);
  }

  List<TableKey> appended(List<TableKey> kept, List<ColumnSchema> columns) {
    List<TableKey> all = new ArrayList<>(kept);
    for (UniqueKeyClause clause : clauses) {
      TableKey key = TableKeys.made(ofVirtual(clause.key(), columns), all, columns, dialect);
      if (!clause.ifNone() || TableKeys.named(all, key.name()) == null) {
        all.add(key);
      }
    }
    return all;
  }

  private TableKey ofVirtual(TableKey key, List<ColumnSchema> columns) {
    boolean onVirtual =
        columns.stream()
            .anyMatch(
                column -> column.virtual() && PrimaryKey.contains(key.columns(), column.name()));
    return onVirtual && !dialect.mariaDb()
        ? new TableKey(key.name(), TableKey.Kind.FUNCTIONAL, key.parts())
        : key;
  }
}
