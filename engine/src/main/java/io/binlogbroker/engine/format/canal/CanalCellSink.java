package io.binlogbroker.engine.format.canal;

import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.ColumnType;
import io.binlogbroker.engine.format.cell.JsonCellWriter;
import io.binlogbroker.engine.format.cell.JsonTable;
import io.binlogbroker.engine.format.cell.OutputBuffer;

/** Writes cells as members of a JSON object, all of them strings, as Canal does. One thread. */
public final class CanalCellSink extends JsonCellWriter {
  private static final byte[] YEAR_ZERO = OutputBuffer.ascii("0000");

  private final boolean labelsAsNumbers;
  private final byte[] sridBytes = new byte[Integer.BYTES];

  /**
   * @param labelsAsNumbers whether an ENUM is its ordinal and a SET its bits
   */
  public CanalCellSink(OutputBuffer out, JsonTable table, boolean labelsAsNumbers) {
    super(out, table);
    this.labelsAsNumbers = labelsAsNumbers;
  }

  @Override
  public void integer(Column column, long value) {
    openQuoted(column);
    if (value == 0 && column.type() == ColumnType.YEAR) {
      out.put(YEAR_ZERO);
    } else {
      out.number(value);
    }
    closeQuoted();
  }

  @Override
  public void unsigned(Column column, long value) {
    openQuoted(column);
    out.unsigned(value);
    closeQuoted();
  }

  @Override
  public void float32(Column column, float value) {
    openQuoted(column);
    text.float32(plan(), column, value);
    closeQuoted();
  }

  @Override
  public void float64(Column column, double value) {
    openQuoted(column);
    text.float64(plan(), column, value);
    closeQuoted();
  }

  @Override
  public void binary(Column column, byte[] bytes, int offset, int length) {
    openQuoted(column);
    out.latin1Escaped(bytes, offset, length);
    closeQuoted();
  }

  @Override
  public void enumeration(Column column, int ordinal) {
    if (!labelsAsNumbers) {
      super.enumeration(column, ordinal);
      return;
    }
    openQuoted(column);
    out.number(ordinal);
    closeQuoted();
  }

  @Override
  public void set(Column column, long bits) {
    if (!labelsAsNumbers) {
      super.set(column, bits);
      return;
    }
    unsigned(column, bits);
  }

  @Override
  public void json(Column column, byte[] utf8, int offset, int length) {
    text(column, utf8, offset, length);
  }

  /**
   * Writes MySQL's internal geometry format: the SRID in four bytes, little-endian, before the WKB.
   */
  @Override
  public void geometry(Column column, long srid, byte[] wkb, int offset, int length) {
    openQuoted(column);
    for (int i = 0; i < sridBytes.length; i++) {
      sridBytes[i] = (byte) (srid >>> 8 * i);
    }
    out.latin1Escaped(sridBytes, 0, sridBytes.length);
    out.latin1Escaped(wkb, offset, length);
    closeQuoted();
  }

  @Override
  public void vector(Column column, byte[] floats, int offset, int length) {
    openQuoted(column);
    text.vector(plan(), column, floats, offset, length);
    closeQuoted();
  }
}
