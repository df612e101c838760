package io.binlogbroker.engine.format;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.engine.format.cell.OutputBuffer;
import io.binlogbroker.engine.metrics.Counter;
import java.util.List;

/**
 * Computes the partition keys of a table's rows in the encoding of their format. Reuses buffers;
 * belongs to the relay thread. The returned arrays are not modified later.
 */
public final class PartitionKey {
  /** Initial capacity; there is one buffer per table, and most keys are short. */
  private static final int CAPACITY = 32;

  private final int[] columns;
  private final KeyWriter writer;
  private final Counter withoutKey;

  private final OutputBuffer key = new OutputBuffer(CAPACITY);
  private final OutputBuffer otherKey = new OutputBuffer(CAPACITY);
  private byte[] last;

  /**
   * @param columns indexes of the key's columns, in the key's order
   * @param writer for the same columns
   * @param withoutKey counts the keys for which a column was NULL or absent, so that the table's
   *     own key was used
   */
  public PartitionKey(List<Integer> columns, KeyWriter writer, Counter withoutKey) {
    this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
    this.writer = writer;
    this.withoutKey = withoutKey;
    this.last = writer.ofTable();
  }

  /** The key of an inserted or deleted row. */
  public byte[] of(RowImage image) {
    return of(image, image);
  }

  /**
   * The key of a row after an update.
   *
   * @param before provides the columns that {@code after} lacks, which are unchanged
   */
  public byte[] of(RowImage after, RowImage before) {
    if (columns.length == 0) {
      return writer.ofTable();
    }
    if (!write(after, before, key)) {
      withoutKey.increment();
      return writer.ofTable();
    }
    if (!key.contentEquals(last)) {
      last = key.toBytes();
    }
    return last;
  }

  /** The key of messages that are about the table, not about a row. */
  public byte[] ofTable() {
    return writer.ofTable();
  }

  /** Whether an update changes the key of its row. Does not increment the counter. */
  public boolean changed(RowImage before, RowImage after) {
    if (sameCells(before, after)) {
      return false;
    }
    writeOrTable(before, before, key);
    writeOrTable(after, before, otherKey);
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

  private void writeOrTable(RowImage image, RowImage fallback, OutputBuffer out) {
    if (!write(image, fallback, out)) {
      out.clear();
      out.put(writer.ofTable());
    }
  }

  /**
   * Writes the key; false where a column is NULL or absent in both images: {@code out} is then
   * incomplete.
   */
  private boolean write(RowImage image, RowImage fallback, OutputBuffer out) {
    out.clear();
    for (int i = 0; i < columns.length; i++) {
      RowImage holder = image.has(columns[i]) ? image : fallback;
      if (!holder.has(columns[i]) || holder.isNull(columns[i])) {
        return false;
      }
      writer.cell(i, holder, out);
    }
    return true;
  }
}
