package io.binlogbroker.engine.format.msgpack;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.format.cell.CellText;
import io.binlogbroker.engine.format.cell.Msgpack;
import io.binlogbroker.engine.format.cell.OutputBuffer;

/** Writes a row image as an array of values, as the original Go program did. One thread. */
public final class MsgpackCellSink implements CellSink {
  private final OutputBuffer out;
  private final Msgpack msgpack;
  private final CellText text;
  private RowPlan plan;

  public MsgpackCellSink(OutputBuffer out, RowPlan plan) {
    this.out = out;
    this.msgpack = new Msgpack(out);
    this.text = new CellText(out);
    this.plan = plan;
  }

  /** Writes the whole row; a column that the image lacks is nil. */
  void row(RowPlan plan, RowImage image) {
    this.plan = plan;
    int columns = plan.columns().size();
    msgpack.array(columns);
    for (int column = 0; column < columns; column++) {
      if (image.has(column)) {
        image.cell(column, this);
      } else {
        msgpack.nil();
      }
    }
  }

  @Override
  public void nullCell(Column column) {
    msgpack.nil();
  }

  @Override
  public void integer(Column column, long value) {
    msgpack.integer(value);
  }

  @Override
  public void unsigned(Column column, long value) {
    msgpack.unsigned(value);
  }

  @Override
  public void float32(Column column, float value) {
    msgpack.float32(value);
  }

  @Override
  public void float64(Column column, double value) {
    msgpack.float64(value);
  }

  @Override
  public void decimal(Column column, byte[] ascii, int offset, int length) {
    msgpack.string(ascii, offset, length);
  }

  @Override
  public void text(Column column, byte[] utf8, int offset, int length) {
    msgpack.string(utf8, offset, length);
  }

  @Override
  public void binary(Column column, byte[] bytes, int offset, int length) {
    msgpack.binary(length);
    out.put(bytes, offset, length);
  }

  @Override
  public void enumeration(Column column, int ordinal) {
    msgpack.integer(ordinal);
  }

  @Override
  public void set(Column column, long bits) {
    msgpack.unsigned(bits);
  }

  @Override
  public void date(Column column, int year, int month, int day) {
    int start = msgpack.openShortString();
    text.date(year, month, day);
    msgpack.closeShortString(start);
  }

  @Override
  public void dateTime(
      Column column, int year, int month, int day, int hour, int minute, int second, int micros) {
    int start = msgpack.openShortString();
    text.dateTime(column, year, month, day, hour, minute, second, micros);
    msgpack.closeShortString(start);
  }

  @Override
  public void timestamp(Column column, long seconds, int micros) {
    int start = msgpack.openShortString();
    text.timestampWithoutZone(column, seconds, micros);
    msgpack.closeShortString(start);
  }

  @Override
  public void time(
      Column column, boolean negative, int hours, int minutes, int seconds, int micros) {
    int start = msgpack.openShortString();
    text.time(column, negative, hours, minutes, seconds, micros);
    msgpack.closeShortString(start);
  }

  @Override
  public void json(Column column, byte[] utf8, int offset, int length) {
    msgpack.string(utf8, offset, length);
  }

  /**
   * Writes MySQL's internal geometry format: the SRID in four bytes, little-endian, before the WKB.
   */
  @Override
  public void geometry(Column column, long srid, byte[] wkb, int offset, int length) {
    msgpack.binary(Integer.BYTES + length);
    out.littleEndian32(srid);
    out.put(wkb, offset, length);
  }

  @Override
  public void vector(Column column, byte[] floats, int offset, int length) {
    if (length % Float.BYTES != 0) {
      throw CellText.brokenVector(plan, column, length);
    }
    msgpack.array(length / Float.BYTES);
    for (int at = offset; at < offset + length; at += Float.BYTES) {
      msgpack.float32(CellText.floatAt(floats, at));
    }
  }
}
