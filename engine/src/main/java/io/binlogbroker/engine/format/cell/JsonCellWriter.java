package io.binlogbroker.engine.format.cell;

import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.RowPlan;

/**
 * Writes cells as members of a JSON object, each with a comma before it; {@link JsonMembers} turns
 * them into an object. Contains what the JSON formats have in common: each format overrides the
 * types that it writes differently. One thread.
 */
// A superclass, unlike elsewhere: delegation would cost a polymorphic call per cell, or a
// forwarding method per type in each format.
public abstract class JsonCellWriter implements CellSink {
  private static final byte[] NULL = OutputBuffer.ascii("null");

  protected final OutputBuffer out;
  protected final CellText text;
  private JsonTable table;

  protected JsonCellWriter(OutputBuffer out, JsonTable table) {
    this.out = out;
    this.text = new CellText(out);
    this.table = table;
  }

  /** Sets the table of the next cells. */
  public final void setTable(JsonTable table) {
    this.table = table;
  }

  protected final RowPlan plan() {
    return table.labels().plan();
  }

  protected final TableLabels labels() {
    return table.labels();
  }

  protected final void name(Column column) {
    out.put(table.name(column));
  }

  protected final void openQuoted(Column column) {
    name(column);
    out.put('"');
  }

  protected final void closeQuoted() {
    out.put('"');
  }

  @Override
  public final void nullCell(Column column) {
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
    text.float32(plan(), column, value);
  }

  @Override
  public void float64(Column column, double value) {
    name(column);
    text.float64(plan(), column, value);
  }

  @Override
  public void decimal(Column column, byte[] ascii, int offset, int length) {
    openQuoted(column);
    out.put(ascii, offset, length);
    closeQuoted();
  }

  @Override
  public final void text(Column column, byte[] utf8, int offset, int length) {
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
    openQuoted(column);
    labels().enumeration(column, ordinal, out);
    closeQuoted();
  }

  @Override
  public void set(Column column, long bits) {
    openQuoted(column);
    labels().set(column, bits, out);
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

  /** Writes the document itself, not as a string. */
  @Override
  public void json(Column column, byte[] utf8, int offset, int length) {
    name(column);
    out.put(utf8, offset, length);
  }

  @Override
  public void vector(Column column, byte[] floats, int offset, int length) {
    name(column);
    text.vector(plan(), column, floats, offset, length);
  }
}
