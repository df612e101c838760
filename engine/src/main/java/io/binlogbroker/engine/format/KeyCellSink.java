package io.binlogbroker.engine.format;

import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.engine.format.cell.CellText;
import io.binlogbroker.engine.format.cell.OutputBuffer;
import io.binlogbroker.engine.format.cell.TableLabels;

/**
 * Writes a cell as text of the partition key: as in {@code json}, but without quotes. One thread.
 */
final class KeyCellSink implements CellSink {
  private final OutputBuffer out;
  private final CellText text;
  private final TableLabels labels;

  KeyCellSink(OutputBuffer out, TableLabels labels) {
    this.out = out;
    this.text = new CellText(out);
    this.labels = labels;
  }

  @Override
  public void nullCell(Column column) {
    throw new IllegalStateException("A NULL has no key text: column " + column.name());
  }

  @Override
  public void integer(Column column, long value) {
    out.number(value);
  }

  @Override
  public void unsigned(Column column, long value) {
    out.unsigned(value);
  }

  @Override
  public void float32(Column column, float value) {
    text.float32(labels.plan(), column, value);
  }

  @Override
  public void float64(Column column, double value) {
    text.float64(labels.plan(), column, value);
  }

  @Override
  public void decimal(Column column, byte[] ascii, int offset, int length) {
    out.put(ascii, offset, length);
  }

  @Override
  public void text(Column column, byte[] utf8, int offset, int length) {
    out.put(utf8, offset, length);
  }

  @Override
  public void binary(Column column, byte[] bytes, int offset, int length) {
    out.base64(bytes, offset, length);
  }

  @Override
  public void enumeration(Column column, int ordinal) {
    labels.enumeration(column, ordinal, out);
  }

  @Override
  public void set(Column column, long bits) {
    labels.set(column, bits, out);
  }

  @Override
  public void date(Column column, int year, int month, int day) {
    text.date(year, month, day);
  }

  @Override
  public void dateTime(
      Column column, int year, int month, int day, int hour, int minute, int second, int micros) {
    text.dateTime(column, year, month, day, hour, minute, second, micros);
  }

  @Override
  public void timestamp(Column column, long seconds, int micros) {
    text.timestamp(column, seconds, micros);
  }

  @Override
  public void time(
      Column column, boolean negative, int hours, int minutes, int seconds, int micros) {
    text.time(column, negative, hours, minutes, seconds, micros);
  }

  @Override
  public void json(Column column, byte[] utf8, int offset, int length) {
    out.put(utf8, offset, length);
  }

  @Override
  public void geometry(Column column, long srid, byte[] wkb, int offset, int length) {
    text.geometry(srid, wkb, offset, length);
  }

  @Override
  public void vector(Column column, byte[] floats, int offset, int length) {
    text.vector(labels.plan(), column, floats, offset, length);
  }
}
