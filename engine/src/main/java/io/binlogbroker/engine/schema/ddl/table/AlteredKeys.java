package io.binlogbroker.engine.schema.ddl.table;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.engine.schema.ddl.sql.DdlException;
import io.binlogbroker.engine.schema.ddl.sql.SqlDialect;
import java.util.ArrayList;
import java.util.List;

/** The order of a table's unique keys after an ALTER TABLE, if it is certain. Used once. */
final class AlteredKeys {
  private final TableDefinition before;
  private final AlterPlan plan;
  private final SqlDialect dialect;

  AlteredKeys(TableDefinition before, AlterPlan plan, SqlDialect dialect) {
    this.before = before;
    this.plan = plan;
    this.dialect = dialect;
  }

  /**
   * @param kept remaining keys in their previous order
   * @param columns of the table afterwards
   * @throws DdlException if the order depends on something that the statement does not show, and
   *     another key could come first
   */
  List<TableKey> after(List<TableKey> kept, List<ColumnSchema> columns) {
    List<TableKey> appended = plan.keys.appended(spelled(kept, columns), columns);
    List<TableKey> sorted = TableKeys.sorted(appended, columns);
    if (dialect.mariaDb() && becomesNotNull(kept, columns)) {
      // MariaDB does not sort the keys again only for that.
      requireSame(sorted, appended, columns);
    }
    if (!dialect.mariaDb()) {
      requireSame(sorted, TableKeys.sorted(replaced(appended), columns), columns);
    }
    return sorted;
  }

  private static List<TableKey> spelled(List<TableKey> keys, List<ColumnSchema> columns) {
    return keys.stream()
        .map(key -> key.kind() == TableKey.Kind.FUNCTIONAL ? key : key.of(columns))
        .toList();
  }

  private boolean becomesNotNull(List<TableKey> kept, List<ColumnSchema> columns) {
    List<TableKey> inOrder = TableKeys.sorted(before.keys(), before.columns());
    return !inOrder.equals(before.keys())
        || kept.stream()
            .anyMatch(
                key -> {
                  TableKey old = TableKeys.named(before.keys(), key.name());
                  return old != null
                      && old.hasNullablePart(before.columns())
                      && !key.hasNullablePart(columns);
                });
  }

  /** MySQL keeps a key that is dropped and recreated unchanged. */
  private List<TableKey> replaced(List<TableKey> appended) {
    List<TableKey> rest = new ArrayList<>(appended);
    List<TableKey> result = new ArrayList<>();
    for (TableKey old : before.keys()) {
      TableKey now = TableKeys.named(rest, old.name());
      if (now != null) {
        rest.remove(now);
        result.add(now);
      }
    }
    result.addAll(rest);
    return result;
  }

  private static void requireSame(
      List<TableKey> one, List<TableKey> other, List<ColumnSchema> columns) {
    if (!TableKeys.identity(one, columns).equals(TableKeys.identity(other, columns))) {
      throw new DdlException("The order of the unique keys after the statement is not certain");
    }
  }
}
