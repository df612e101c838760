package io.binlogbroker.engine.format;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.cell.OutputBuffer;
import io.binlogbroker.engine.format.cell.TableLabels;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes keys as text: the cells joined by commas, or the table's name. One thread. */
public final class TextKeyWriter implements KeyWriter {
  /** Initial capacity; there is one buffer per table, and most cells of keys are short. */
  private static final int CAPACITY = 32;

  private final byte[] tableName;
  private final int[] columns;
  private final OutputBuffer cell = new OutputBuffer(CAPACITY);
  private final KeyCellSink sink;

  /**
   * @param columns indexes of the key's columns, in the key's order
   */
  public TextKeyWriter(RowPlan plan, List<Integer> columns) {
    this.tableName = plan.table().getBytes(StandardCharsets.UTF_8);
    this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
    this.sink = new KeyCellSink(cell, new TableLabels(plan, label -> label));
  }

  @Override
  public byte[] ofTable() {
    return tableName;
  }

  @Override
  public void cell(int index, RowImage image, OutputBuffer key) {
    if (index > 0) {
      key.put(',');
    }
    cell.clear();
    image.cell(columns[index], sink);
    append(key);
  }

  /**
   * Appends the cell; with several columns it is escaped, so that a comma in a value cannot make
   * two different keys equal.
   */
  private void append(OutputBuffer key) {
    if (columns.length == 1) {
      key.put(cell);
      return;
    }
    for (int i = 0; i < cell.length(); i++) {
      byte b = cell.at(i);
      if (b == ',' || b == '\\') {
        key.put('\\');
      }
      key.put((char) (b & 0xff));
    }
  }
}
