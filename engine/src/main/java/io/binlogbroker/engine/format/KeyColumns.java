package io.binlogbroker.engine.format;

import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.model.FormatException;
import io.binlogbroker.engine.route.KeyRule;
import java.util.List;

/** Finds the columns of a table's partition key. Stateless. */
public final class KeyColumns {
  private KeyColumns() {}

  /**
   * Indexes of the columns that a rule names, in the key's order; none where the table's name is
   * the key, which includes tables without a primary key.
   *
   * @throws FormatException when the table has no such column
   */
  public static List<Integer> of(RowPlan plan, KeyRule rule) {
    return switch (rule.kind()) {
      case TABLE_NAME -> List.of();
      case PRIMARY_KEY -> plan.primaryKey();
      case COLUMNS -> rule.columns().stream().map(name -> indexOf(plan, name)).toList();
    };
  }

  private static int indexOf(RowPlan plan, String name) {
    int index = plan.indexOf(name);
    if (index < 0) {
      List<String> known = plan.columns().stream().map(Column::name).toList();
      throw new FormatException(
          "Key column "
              + name
              + " is not a column of "
              + plan.schema()
              + "."
              + plan.table()
              + ", which has "
              + known
              + ". Correct Key in the table's rule.");
    }
    return index;
  }
}
