package io.binlogbroker.engine.format;

import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.Column;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Forwards cells with the column's index in a {@link Projection}. One thread. */
final class RenumberingSink implements CellSink {
  private @Nullable CellSink target;
  private @Nullable Column column;

  CellSink to(CellSink sink, Column as) {
    target = sink;
    column = as;
    return this;
  }

  private CellSink target() {
    return Objects.requireNonNull(target, "Nothing to pass cells on to");
  }

  private Column column() {
    return Objects.requireNonNull(column, "No column to pass cells on as");
  }

  @Override
  public void nullCell(Column ignored) {
    target().nullCell(column());
  }

  @Override
  public void integer(Column ignored, long value) {
    target().integer(column(), value);
  }

  @Override
  public void unsigned(Column ignored, long value) {
    target().unsigned(column(), value);
  }

  @Override
  public void float32(Column ignored, float value) {
    target().float32(column(), value);
  }

  @Override
  public void float64(Column ignored, double value) {
    target().float64(column(), value);
  }

  @Override
  public void decimal(Column ignored, byte[] ascii, int offset, int length) {
    target().decimal(column(), ascii, offset, length);
  }

  @Override
  public void text(Column ignored, byte[] utf8, int offset, int length) {
    target().text(column(), utf8, offset, length);
  }

  @Override
  public void binary(Column ignored, byte[] bytes, int offset, int length) {
    target().binary(column(), bytes, offset, length);
  }

  @Override
  public void enumeration(Column ignored, int ordinal) {
    target().enumeration(column(), ordinal);
  }

  @Override
  public void set(Column ignored, long bits) {
    target().set(column(), bits);
  }

  @Override
  public void date(Column ignored, int year, int month, int day) {
    target().date(column(), year, month, day);
  }

  @Override
  public void dateTime(
      Column ignored, int year, int month, int day, int hour, int minute, int second, int micros) {
    target().dateTime(column(), year, month, day, hour, minute, second, micros);
  }

  @Override
  public void timestamp(Column ignored, long seconds, int micros) {
    target().timestamp(column(), seconds, micros);
  }

  @Override
  public void time(
      Column ignored, boolean negative, int hours, int minutes, int seconds, int micros) {
    target().time(column(), negative, hours, minutes, seconds, micros);
  }

  @Override
  public void json(Column ignored, byte[] utf8, int offset, int length) {
    target().json(column(), utf8, offset, length);
  }

  @Override
  public void geometry(Column ignored, long srid, byte[] wkb, int offset, int length) {
    target().geometry(column(), srid, wkb, offset, length);
  }

  @Override
  public void vector(Column ignored, byte[] floats, int offset, int length) {
    target().vector(column(), floats, offset, length);
  }
}
