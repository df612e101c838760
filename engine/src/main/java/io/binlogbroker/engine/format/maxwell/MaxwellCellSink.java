package io.binlogbroker.engine.format.maxwell;

import io.binlogbroker.binlog.row.CellSink;
import io.binlogbroker.binlog.row.Column;
import io.binlogbroker.engine.format.CellText;
import io.binlogbroker.engine.format.JsonTable;
import io.binlogbroker.engine.format.OutputBuffer;

/** Writes cells as members of a JSON object, as Maxwell has them. One thread. */
public final class MaxwellCellSink implements CellSink {
  private static final byte[] NULL = OutputBuffer.ascii("null");
  private static final byte[] EMPTY = OutputBuffer.ascii("\"\"");

  private final OutputBuffer out;
  private final CellText text;
  private final WellKnownText wellKnown;
  private JsonTable table;

  public MaxwellCellSink(OutputBuffer out, JsonTable table) {
    this.out = out;
    this.text = new CellText(out);
    this.wellKnown = new WellKnownText(out);
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
    name(column);
    out.number(value);
  }

  @Override
  public void unsigned(Column column, long value) {
    name(column);
    out.unsigned(value);
  }

  @Override
  public void float32(Column column, float value) {
    name(column);
    text.float32(table.labels().plan(), column, value);
  }

  @Override
  public void float64(Column column, double value) {
    name(column);
    text.float64(table.labels().plan(), column, value);
  }

  @Override
  public void decimal(Column column, byte[] ascii, int offset, int length) {
    name(column);
    out.put(ascii, offset, length);
  }

  @Override
  public void text(Column column, byte[] utf8, int offset, int length) {
    name(column);
    out.jsonString(utf8, offset, length);
  }

  @Override
  public void binary(Column column, byte[] bytes, int offset, int length) {
    openQuoted(column);
    out.base64(bytes, offset, length);
    closeQuoted();
  }

  @Override
  public void enumeration(Column column, int ordinal) {
    name(column);
    if (ordinal == 0) {
      out.put(EMPTY);
      return;
    }
    table.labels().enumeration(column, ordinal, out);
  }

  @Override
  public void set(Column column, long bits) {
    name(column);
    out.put('[');
    table.labels().set(column, bits, out);
    out.put(']');
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
    out.put(utf8, offset, length);
  }

  @Override
  public void geometry(Column column, long srid, byte[] wkb, int offset, int length) {
    openQuoted(column);
    wellKnown.write(table.labels().plan(), column, wkb, offset, length);
    closeQuoted();
  }

  @Override
  public void vector(Column column, byte[] floats, int offset, int length) {
    name(column);
    text.vector(table.labels().plan(), column, floats, offset, length);
  }
}
