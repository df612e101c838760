package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.row.SchemaSource.TableSchema;
import io.binlogbroker.binlog.row.column.SchemaException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Matches the columns of a schema to those of a TABLE_MAP without names, and refuses a schema that
 * differs. Used once per TABLE_MAP.
 */
final class SchemaAlignment {
  private final TableMap map;
  private final TableSchema schema;
  private final boolean[] present;

  /**
   * @param present whether the current rows event contains a column of the TABLE_MAP
   */
  SchemaAlignment(TableMap map, TableSchema schema, boolean[] present) {
    this.map = map;
    this.schema = schema;
    this.present = present;
  }

  /**
   * The schema's column for each of the TABLE_MAP; -1 for columns that rows never contain.
   *
   * @throws SchemaException listing all differences
   */
  int[] align() {
    int[] columns = columns();
    List<String> differences = new ArrayList<>();
    for (int wire = 0; wire < columns.length; wire++) {
      if (columns[wire] >= 0) {
        compare(wire, schema.columns().get(columns[wire]), differences);
      }
    }
    if (!differences.isEmpty()) {
      throw new SchemaException(
          String.join("; ", differences)
              + "; the table has changed since this event was written. "
              + PlanCompiler.REMEDY);
    }
    return columns;
  }

  /** The message of {@link #align}'s exception; null if the schema matches. */
  @Nullable String disagreement() {
    try {
      align();
      return null;
    } catch (SchemaException e) {
      return e.getMessage();
    }
  }

  private void compare(int wire, ColumnSchema column, List<String> differences) {
    String disagreement = SchemaAgreement.disagreement(map, wire, column);
    if (disagreement != null) {
      differences.add(
          map
              + " column "
              + (wire + 1)
              + " \""
              + column.name()
              + "\": "
              + schema.origin()
              + " has "
              + disagreement);
    }
  }

  /**
   * MySQL 8.0.13 to 8.0.17 list the hidden columns of functional indexes in the TABLE_MAP but omit
   * them in a full row image, which identifies them.
   */
  private int[] columns() {
    int count = map.columnCount();
    int known = schema.columns().size();
    int visible = 0;
    int[] columns = new int[count];
    for (int wire = 0; wire < count; wire++) {
      boolean isVisible = known == count || present[wire];
      columns[wire] = isVisible ? visible++ : -1;
    }
    if (visible != known) {
      throw new SchemaException(
          map
              + ": "
              + schema.origin()
              + " has "
              + known
              + " columns, the TABLE_MAP has "
              + count
              + "; the table has changed since this event was written. "
              + PlanCompiler.REMEDY);
    }
    return columns;
  }
}
