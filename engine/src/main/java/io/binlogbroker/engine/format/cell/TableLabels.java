package io.binlogbroker.engine.format.cell;

import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.model.FormatException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** The encoded ENUM and SET labels of one table. Immutable. */
public final class TableLabels {
  private final RowPlan plan;
  private final byte[][][] labels;

  /**
   * @param render converts UTF-8 bytes to the encoding of a format
   */
  public TableLabels(RowPlan plan, UnaryOperator<byte[]> render) {
    this.plan = plan;
    this.labels = new byte[plan.columns().size()][][];
    for (Column column : plan.columns()) {
      labels[column.index()] = rendered(column.labels(), render);
    }
  }

  private static byte[][] rendered(List<String> labels, UnaryOperator<byte[]> render) {
    return labels.stream()
        .map(label -> render.apply(label.getBytes(StandardCharsets.UTF_8)))
        .toArray(byte[][]::new);
  }

  public RowPlan plan() {
    return plan;
  }

  /** Writes an ENUM's label; ordinal 0 is MySQL's error value, the empty string. */
  public void enumeration(Column column, int ordinal, OutputBuffer out) {
    byte[][] names = labels[column.index()];
    if (ordinal < 0 || ordinal > names.length) {
      throw unknown(column, "ENUM ordinal " + ordinal, names.length);
    }
    if (ordinal > 0) {
      out.put(names[ordinal - 1]);
    }
  }

  /** Writes a SET's labels, joined by commas. */
  public void set(Column column, long bits, OutputBuffer out) {
    byte[][] names = labels[column.index()];
    if (names.length < Long.SIZE && bits >>> names.length != 0) {
      throw unknown(column, "SET bits 0x" + Long.toHexString(bits), names.length);
    }
    for (long rest = bits; rest != 0; rest &= rest - 1) {
      if (rest != bits) {
        out.put(',');
      }
      out.put(names[Long.numberOfTrailingZeros(rest)]);
    }
  }

  private FormatException unknown(Column column, String value, int count) {
    return FormatException.at(
        plan,
        column,
        "Expected one of the "
            + count
            + " known labels but got "
            + value
            + ". The row was written with another definition of the table than the known one.");
  }
}
