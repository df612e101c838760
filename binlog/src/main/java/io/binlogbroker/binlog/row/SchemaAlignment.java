package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.row.SchemaSource.ColumnSchema;
import io.binlogbroker.binlog.row.SchemaSource.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lays the columns of a schema beside those of a TABLE_MAP that names none, and refuses when they
 * are not the same table. Used once per TABLE_MAP.
 */
final class SchemaAlignment {
  private final TableMap map;
  private final TableSchema schema;
  private final boolean[] present;

  /**
   * @param present which columns of the TABLE_MAP the rows event at hand holds
   */
  SchemaAlignment(TableMap map, TableSchema schema, boolean[] present) {
    this.map = map;
    this.schema = schema;
    this.present = present;
  }

  /**
   * The schema's column for each of the TABLE_MAP; -1 for one that rows never hold.
   *
   * @throws SchemaException that lists all that differs
   */
  int[] align() {
    int[] columns = columns();
    List<String> faults = new ArrayList<>();
    for (int wire = 0; wire < columns.length; wire++) {
      if (columns[wire] >= 0) {
        compare(wire, schema.columns().get(columns[wire]), faults);
      }
    }
    if (!faults.isEmpty()) {
      throw new SchemaException(
          String.join("; ", faults)
              + "; the table has changed since this event was written. "
              + PlanCompiler.REMEDY);
    }
    return columns;
  }

  /** What {@link #align} would say; null when it would not refuse. */
  @Nullable String disagreement() {
    try {
      align();
      return null;
    } catch (SchemaException e) {
      return e.getMessage();
    }
  }

  private void compare(int wire, ColumnSchema column, List<String> faults) {
    String against = SchemaAgreement.disagreement(map, wire, column);
    if (against != null) {
      faults.add(
          map
              + " column "
              + (wire + 1)
              + " \""
              + column.name()
              + "\": "
              + schema.origin()
              + " says "
              + against);
    }
  }

  /**
   * MySQL 8.0.13 to 8.0.17 show the hidden columns of functional indexes in the TABLE_MAP, but a
   * full row image leaves them out: that tells which they are.
   */
  private int[] columns() {
    int count = map.columnCount();
    int known = schema.columns().size();
    int held = 0;
    int[] columns = new int[count];
    for (int wire = 0; wire < count; wire++) {
      boolean shown = known == count || present[wire];
      columns[wire] = shown ? held++ : -1;
    }
    if (held != known) {
      throw new SchemaException(
          map
              + ": "
              + schema.origin()
              + " says "
              + known
              + " columns, the TABLE_MAP says "
              + count
              + "; the table has changed since this event was written. "
              + PlanCompiler.REMEDY);
    }
    return columns;
  }
}
