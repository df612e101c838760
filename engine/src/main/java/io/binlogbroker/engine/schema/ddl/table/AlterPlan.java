package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the clauses of an ALTER TABLE ask for. Filled by {@link AlterReader}, then read. */
public final class AlterPlan {
  /** Where a column goes that says FIRST. */
  static final String FIRST = "";

  final List<Drop> drops = new ArrayList<>();
  final List<Placed> columns = new ArrayList<>();
  final NewKeys keys;

  /** Names of keys, PRIMARY for the primary key. */
  final List<String> droppedKeys = new ArrayList<>();

  /** Old and new name of each. */
  final Map<String, String> renamedKeys = new LinkedHashMap<>();

  /** The table's default character set afterwards; null for the one it has. */
  @Nullable String charset;

  /** The character set that CONVERT TO gives all columns but those of bytes; null without it. */
  @Nullable String converted;

  AlterPlan(SqlDialect dialect) {
    this.keys = new NewKeys(dialect);
  }

  /** DROP COLUMN. */
  record Drop(String name, boolean ifExists) {}

  /**
   * ADD, CHANGE, MODIFY or RENAME COLUMN.
   *
   * @param old the column that is changed; null for a new one
   * @param definition null where only the name changes
   * @param name the column's name from now on
   * @param after the column that it goes behind, {@link #FIRST}, or null for where it is, or the
   *     end
   * @param tolerant IF EXISTS, or for a new one IF NOT EXISTS
   */
  record Placed(
      @Nullable String old,
      @Nullable ReadColumn definition,
      String name,
      @Nullable String after,
      boolean tolerant) {
    boolean isAdded() {
      return old == null;
    }

    boolean changes(String column) {
      return column.equalsIgnoreCase(old);
    }
  }

  /**
   * @throws DdlException when there are more clauses than any server carries out
   */
  void requirePossible() {
    ServerLimits.requireClauses(
        columns.size() + drops.size() + droppedKeys.size() + renamedKeys.size());
  }

  /** Whether columns, unique keys or default character set may be others afterwards. */
  public boolean changesDefinition() {
    return changesColumns() || !keys.isEmpty() || !droppedKeys.isEmpty() || !renamedKeys.isEmpty();
  }

  /** The same of columns, primary key or default character set. */
  public boolean changesColumns() {
    return !drops.isEmpty()
        || !columns.isEmpty()
        || dropsPrimaryKey()
        || !keys.primaryKey().isEmpty()
        || charset != null;
  }

  private boolean dropsPrimaryKey() {
    return PrimaryKey.contains(droppedKeys, TableKey.PRIMARY);
  }
}
