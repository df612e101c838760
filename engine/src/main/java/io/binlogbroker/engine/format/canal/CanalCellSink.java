package io.binlogbroker.engine.format.canal;

import io.binlogbroker.binlog.row.CellSink;
import io.binlogbroker.binlog.row.Column;
import io.binlogbroker.binlog.row.ColumnType;
import io.binlogbroker.engine.format.CellText;
import io.binlogbroker.engine.format.JsonTable;
import io.binlogbroker.engine.format.OutputBuffer;

/** Writes cells as members of a JSON object, all of them strings, as Canal has them. One thread. */
public final class CanalCellSink implements CellSink {
  private static final byte[] NULL = OutputBuffer.ascii("null");
  private static final byte[] YEAR_ZERO = OutputBuffer.ascii("0000");

  private final OutputBuffer out;
  private final CellText text;
  private final boolean labelsAsNumbers;
  private final byte[] sridBytes = new byte[Integer.BYTES];
  private JsonTable table;

  /**
   * @param labelsAsNumbers whether an ENUM is its ordinal and a SET its bits
   */
  public CanalCellSink(OutputBuffer out, JsonTable table, boolean labelsAsNumbers) {
    this.labelsAsNumbers = labelsAsNumbers;
    this.out = out;
    this.text = new CellText(out);
    this.table = table;
  }

  void of(JsonTable table) {
    this.table = table;
  }

  private void name(Column column) {
    out.put(table.name(column));
  }

  private void openQuoted(Column column) {
    name(column);
    out.put('"');
  }

  private void closeQuoted() {
    out.put('"');
  }

  @Override
  public void nullCell(Column column) {
    name(column);
    out.put(NULL);
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
    text.float32(table.labels().plan(), column, value);
    closeQuoted();
  }

  @Override
  public void float64(Column column, double value) {
    openQuoted(column);
    text.float64(table.labels().plan(), column, value);
    closeQuoted();
  }

  @Override
  public void decimal(Column column, byte[] ascii, int offset, int length) {
    openQuoted(column);
    out.put(ascii, offset, length);
    closeQuoted();
  }

  @Override
  public void text(Column column, byte[] utf8, int offset, int length) {
    name(column);
    out.jsonString(utf8, offset, length);
  }

  @Override
  public void binary(Column column, byte[] bytes, int offset, int length) {
    openQuoted(column);
    out.latin1Escaped(bytes, offset, length);
    closeQuoted();
  }

  @Override
  public void enumeration(Column column, int ordinal) {
    openQuoted(column);
    if (labelsAsNumbers) {
      out.number(ordinal);
    } else {
      table.labels().enumeration(column, ordinal, out);
    }
    closeQuoted();
  }

  @Override
  public void set(Column column, long bits) {
    openQuoted(column);
    if (labelsAsNumbers) {
      out.unsigned(bits);
    } else {
      table.labels().set(column, bits, out);
    }
    closeQuoted();
  }

  @Override
  public void date(Column column, int year, int month, int day) {
    openQuoted(column);
    text.date(year, month, day);
    closeQuoted();
  }

  @Override
  public void dateTime(
      Column column, int year, int month, int day, int hour, int minute, int second, int micros) {
    openQuoted(column);
    text.dateTime(column, year, month, day, hour, minute, second, micros);
    closeQuoted();
  }

  @Override
  public void timestamp(Column column, long seconds, int micros) {
    openQuoted(column);
    text.timestampWithoutZone(column, seconds, micros);
    closeQuoted();
  }

  @Override
  public void time(
      Column column, boolean negative, int hours, int minutes, int seconds, int micros) {
    openQuoted(column);
    text.time(column, negative, hours, minutes, seconds, micros);
    closeQuoted();
  }

  @Override
  public void json(Column column, byte[] utf8, int offset, int length) {
    name(column);
    out.jsonString(utf8, offset, length);
  }

  /**
   * As MySQL stores it: the reference system's id in four bytes, little-endian, before the rest.
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
    text.vector(table.labels().plan(), column, floats, offset, length);
    closeQuoted();
  }
}
