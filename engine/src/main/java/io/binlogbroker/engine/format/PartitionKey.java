package io.binlogbroker.engine.format;

import io.binlogbroker.binlog.row.Column;
import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.RowPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Tells the partition key of a table's rows, as bytes that are the same in every format. Compiled
 * for one {@link RowPlan}; keeps buffers, belongs to the relay thread. The arrays it gives out are
 * never written again.
 */
public final class PartitionKey {
  /** There is one for each table, and most keys are short. */
  private static final int CAPACITY = 32;

  private final byte[] tableName;
  private final int[] columns;
  private final LongAdder withoutKey;

  private final OutputBuffer key = new OutputBuffer(CAPACITY);
  private final OutputBuffer otherKey = new OutputBuffer(CAPACITY);
  private final OutputBuffer cell = new OutputBuffer(CAPACITY);
  private final KeyCellSink sink;
  private byte[] last;

  private PartitionKey(RowPlan plan, int[] columns, LongAdder withoutKey) {
    this.tableName = plan.table().getBytes(StandardCharsets.UTF_8);
    this.columns = columns;
    this.withoutKey = withoutKey;
    this.sink = new KeyCellSink(cell, new TableLabels(plan, label -> label));
    this.last = tableName;
  }

  /** All rows of the table have its name as key. */
  public static PartitionKey ofTableName(RowPlan plan) {
    return new PartitionKey(plan, new int[0], new LongAdder());
  }

  /**
   * The values of some columns.
   *
   * @param names of key columns, in the key's order
   * @param withoutKey counts the keys asked for where a column was NULL or absent, so that the
   *     table's name had to serve
   * @throws FormatException when the table has no such column
   */
  public static PartitionKey ofColumns(RowPlan plan, List<String> names, LongAdder withoutKey) {
    int[] columns = names.stream().mapToInt(name -> indexOf(plan, name)).toArray();
    return new PartitionKey(plan, columns, withoutKey);
  }

  /** The primary key; the table's name where there is none. */
  public static PartitionKey ofPrimaryKey(RowPlan plan, LongAdder withoutKey) {
    int[] columns = plan.primaryKey().stream().mapToInt(Integer::intValue).toArray();
    return new PartitionKey(plan, columns, withoutKey);
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

  /** The key of a row that an insert or a delete shows. */
  public byte[] of(RowImage image) {
    return of(image, image);
  }

  /**
   * The key of a row after an update.
   *
   * @param before stands in for the columns that {@code after} lacks, since these are unchanged
   */
  public byte[] of(RowImage after, RowImage before) {
    if (columns.length == 0) {
      return tableName;
    }
    if (!write(after, before, key)) {
      withoutKey.increment();
      return tableName;
    }
    if (!key.holds(last)) {
      last = key.toBytes();
    }
    return last;
  }

  /** Whether an update moves its row to another key. Counts nothing. */
  public boolean changed(RowImage before, RowImage after) {
    if (sameCells(before, after)) {
      return false;
    }
    writeOrTableName(before, before, key);
    writeOrTableName(after, before, otherKey);
    return !key.holdsSameAs(otherKey);
  }

  private boolean sameCells(RowImage before, RowImage after) {
    for (int column : columns) {
      if (after.has(column) && !before.sameCell(column, after)) {
        return false;
      }
    }
    return true;
  }

  private void writeOrTableName(RowImage image, RowImage fallback, OutputBuffer out) {
    if (!write(image, fallback, out)) {
      out.clear();
      out.put(tableName);
    }
  }

  /** False where a column is NULL or held by neither image; {@code out} is then not a key. */
  private boolean write(RowImage image, RowImage fallback, OutputBuffer out) {
    out.clear();
    for (int i = 0; i < columns.length; i++) {
      RowImage holder = image.has(columns[i]) ? image : fallback;
      if (!holder.has(columns[i]) || holder.isNull(columns[i])) {
        return false;
      }
      if (i > 0) {
        out.put(',');
      }
      cell.clear();
      holder.cell(columns[i], sink);
      append(out);
    }
    return true;
  }

  /** Of several columns each is escaped, so that no two rows meet in one key by a comma. */
  private void append(OutputBuffer out) {
    if (columns.length == 1) {
      out.put(cell);
      return;
    }
    for (int i = 0; i < cell.length(); i++) {
      byte b = cell.at(i);
      if (b == ',' || b == '\\') {
        out.put('\\');
      }
      out.put((char) (b & 0xff));
    }
  }
}
