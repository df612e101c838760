package io.binlogbroker.binlog.row;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.row.cell.RowLayout;
import io.binlogbroker.binlog.row.column.CellKind;
import java.util.Arrays;

/** The columns that the images of a rows event contain. Reused for each event; one thread. */
final class ColumnBitmap {
  private boolean[] present = new boolean[0];
  private int[] planColumns = new int[0];
  private int count;

  /** Reads a bitmap of the table's columns, the lowest bit of a byte first. */
  void read(ByteReader body, int columns) {
    byte[] array = body.array();
    int from = body.position();
    body.skip((columns + 7) / 8);
    if (present.length != columns) {
      present = new boolean[columns];
    }
    count = 0;
    for (int i = 0; i < columns; i++) {
      boolean bit = (array[from + (i >> 3)] >> (i & 7) & 1) != 0;
      present[i] = bit;
      count += bit ? 1 : 0;
    }
  }

  /** Maps the columns in the images to those of the plan. */
  void resolve(RowLayout layout) {
    if (planColumns.length < count) {
      planColumns = new int[count];
    }
    int next = 0;
    for (int wire = 0; wire < present.length; wire++) {
      if (present[wire]) {
        planColumns[next++] = planColumn(layout, wire);
      }
    }
  }

  private static int planColumn(RowLayout layout, int wire) {
    int column = layout.planColumn(wire);
    if (column < 0 || layout.kind(column) == CellKind.HIDDEN) {
      throw new MalformedBytesException(
          "Expected no cells of hidden column "
              + (wire + 1)
              + " of "
              + layout.plan().schema()
              + "."
              + layout.plan().table());
    }
    return column;
  }

  /** Number of columns in the images. */
  int count() {
    return count;
  }

  /** The plan column of the n-th column in the images. */
  int planColumn(int index) {
    return planColumns[index];
  }

  boolean isPresent(int wireColumn) {
    return present[wireColumn];
  }

  boolean[] copy() {
    return Arrays.copyOf(present, present.length);
  }
}
