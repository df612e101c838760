package io.binlogbroker.engine.snapshot.key;

import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.Column;
import java.util.Arrays;
import java.util.List;

/** Takes the keys of a table's rows, from images of the log or of a query. One thread. */
public final class RowKeyWriter implements CellSink {
  private final List<Integer> key;
  private byte[] buffer = new byte[64];
  private int size;

  /**
   * @param key indexes of the key's columns
   */
  public RowKeyWriter(List<Integer> key) {
    this.key = List.copyOf(key);
  }

  /** The key of a row, which has all columns of the key. */
  public RowKey of(RowImage row) {
    write(row);
    return new RowKey(Arrays.copyOf(buffer, size));
  }

  /** Adds the key of a row, which has all columns of the key. */
  public void add(RowImage row, RowKeys keys) {
    write(row);
    keys.add(buffer, size);
  }

  private void write(RowImage row) {
    size = 0;
    for (int i = 0; i < key.size(); i++) {
      row.cell(key.get(i), this);
    }
  }

  private void number(long value) {
    ensure(Long.BYTES);
    for (int i = 0; i < Long.BYTES; i++) {
      buffer[size++] = (byte) (value >>> 8 * i);
    }
  }

  private void bytes(byte[] bytes, int offset, int length) {
    number(length);
    ensure(length);
    System.arraycopy(bytes, offset, buffer, size, length);
    size += length;
  }

  private void ensure(int more) {
    if (buffer.length - size < more) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + more));
    }
  }

  @Override
  public void nullCell(Column column) {
    throw new IllegalStateException(column + " is NULL in a key");
  }

  @Override
  public void integer(Column column, long value) {
    number(value);
  }

  @Override
  public void unsigned(Column column, long value) {
    number(value);
  }

  @Override
  public void float32(Column column, float value) {
    number(Float.floatToRawIntBits(value));
  }

  @Override
  public void float64(Column column, double value) {
    number(Double.doubleToRawLongBits(value));
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
  public void binary(Column column, byte[] value, int offset, int length) {
    bytes(value, offset, length);
  }

  @Override
  public void enumeration(Column column, int ordinal) {
    number(ordinal);
  }

  @Override
  public void set(Column column, long bits) {
    number(bits);
  }

  @Override
  public void date(Column column, int year, int month, int day) {
    number((year * 100L + month) * 100 + day);
  }

  @Override
  public void dateTime(
      Column column, int year, int month, int day, int hour, int minute, int second, int micros) {
    date(column, year, month, day);
    number(((hour * 100L + minute) * 100 + second) * 1_000_000 + micros);
  }

  @Override
  public void timestamp(Column column, long seconds, int micros) {
    number(seconds);
    number(micros);
  }

  @Override
  public void time(
      Column column, boolean negative, int hours, int minutes, int seconds, int micros) {
    long time = ((hours * 100L + minutes) * 100 + seconds) * 1_000_000 + micros;
    number(time);
    number(negative ? 1 : 0);
  }

  @Override
  public void json(Column column, byte[] utf8, int offset, int length) {
    bytes(utf8, offset, length);
  }

  @Override
  public void geometry(Column column, long srid, byte[] wkb, int offset, int length) {
    number(srid);
    bytes(wkb, offset, length);
  }

  @Override
  public void vector(Column column, byte[] floats, int offset, int length) {
    bytes(floats, offset, length);
  }
}
