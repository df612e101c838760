package io.binlogbroker.bench.jmh;

import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.Column;
import org.openjdk.jmh.infra.Blackhole;

/** Consumes cells. One thread. */
record BlackholeSink(Blackhole blackhole) implements CellSink {
  @Override
  public void nullCell(Column column) {
    blackhole.consume(column);
  }

  @Override
  public void integer(Column column, long value) {
    blackhole.consume(value);
  }

  @Override
  public void unsigned(Column column, long value) {
    blackhole.consume(value);
  }

  @Override
  public void float32(Column column, float value) {
    blackhole.consume(value);
  }

  @Override
  public void float64(Column column, double value) {
    blackhole.consume(value);
  }

  @Override
  public void decimal(Column column, byte[] ascii, int offset, int length) {
    bytes(ascii, offset, length);
  }

  @Override
  public void text(Column column, byte[] utf8, int offset, int length) {
    bytes(utf8, offset, length);
  }

  @Override
  public void binary(Column column, byte[] bytes, int offset, int length) {
    bytes(bytes, offset, length);
  }

  @Override
  public void enumeration(Column column, int ordinal) {
    blackhole.consume(ordinal);
  }

  @Override
  public void set(Column column, long bits) {
    blackhole.consume(bits);
  }

  @Override
  public void date(Column column, int year, int month, int day) {
    blackhole.consume(year + month + day);
  }

  @Override
  public void dateTime(
      Column column, int year, int month, int day, int hour, int minute, int second, int micros) {
    blackhole.consume(year + month + day + hour + minute + second + micros);
  }

  @Override
  public void timestamp(Column column, long seconds, int micros) {
    blackhole.consume(seconds + micros);
  }

  @Override
  public void time(
      Column column, boolean negative, int hours, int minutes, int seconds, int micros) {
    blackhole.consume(hours + minutes + seconds + micros);
  }

  @Override
  public void json(Column column, byte[] utf8, int offset, int length) {
    bytes(utf8, offset, length);
  }

  @Override
  public void geometry(Column column, long srid, byte[] wkb, int offset, int length) {
    bytes(wkb, offset, length);
  }

  @Override
  public void vector(Column column, byte[] floats, int offset, int length) {
    bytes(floats, offset, length);
  }

  private void bytes(byte[] bytes, int offset, int length) {
    blackhole.consume(bytes);
    blackhole.consume(offset + length);
  }
}
