package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parsed clauses of an ALTER TABLE. Filled by {@link AlterReader}, then only read. */
public final class AlterPlan {
  /** The position of a column with FIRST. */
  static final String FIRST = "";

  final List<Drop> drops = new ArrayList<>();
  final List<Placed> columns = new ArrayList<>();
  final NewKeys keys;

  /** Names of keys, PRIMARY for the primary key. */
  final List<String> droppedKeys = new ArrayList<>();

  /** Old name to new name. */
  final Map<String, String> renamedKeys = new LinkedHashMap<>();

  /** The table's default character set afterwards; null if unchanged. */
  @Nullable String charset;

  /** The character set of CONVERT TO for all text columns; null without it. */
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
   * @param name the column's new name
   * @param after the column to place it after, {@link #FIRST}, or null for its current place, or
   *     the end
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
   * @throws DdlException when there are more clauses than any server accepts
   */
  void requirePossible() {
    ServerLimits.requireClauses(
        columns.size() + drops.size() + droppedKeys.size() + renamedKeys.size());
  }

  /** Whether columns, unique keys or the default character set may change. */
  public boolean changesDefinition() {
    return changesColumns() || !keys.isEmpty() || !droppedKeys.isEmpty() || !renamedKeys.isEmpty();
  }

  /** Whether columns, primary key or the default character set may change. */
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
