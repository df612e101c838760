package io.binlogbroker.binlog.row.cell;

import io.binlogbroker.binlog.bytes.Endian;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.Column;

/**
 * Decodes dates and times into their fields, without calendar and time zone: MySQL also stores zero
 * and impossible dates. Stateless.
 */
public final class TemporalCells {
  private static final int[] FRACTION_UNIT = {1_000_000, 10_000, 100, 1};
  private static final int[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};
  private static final int[] HIRES_TIME_BYTES = {0, 4, 4, 5, 5, 5, 6};
  private static final int[] HIRES_DATETIME_BYTES = {0, 6, 6, 7, 7, 7, 8};
  private static final int[] HIRES_FRACTION_BYTES = {0, 1, 1, 2, 2, 3, 3};

  /** 838:59:59 plus a minute and a second, which MariaDB adds to make TIMEs positive. */
  private static final long HIRES_TIME_ZERO = 838 * 3600 + 59 * 60 + 60;

  private TemporalCells() {}

  public static int fractionBytes(int decimals) {
    return (decimals + 1) / 2;
  }

  public static int hiresTimeBytes(int decimals) {
    return HIRES_TIME_BYTES[decimals];
  }

  public static int hiresDatetimeBytes(int decimals) {
    return HIRES_DATETIME_BYTES[decimals];
  }

  public static int hiresTimestampBytes(int decimals) {
    return 4 + HIRES_FRACTION_BYTES[decimals];
  }

  static void date(Column column, byte[] array, int offset, CellSink sink) {
    int packed = Endian.u24(array, offset);
    int year = packed >> 9;
    int month = packed >> 5 & 15;
    check(year, month, 0, 0, 0);
    sink.date(column, year, month, packed & 31);
  }

  static void datetime2(Column column, byte[] array, int offset, int length, CellSink sink) {
    long packed = Endian.big(array, offset, 5) - 0x8000000000L;
    dateTime(column, packed, fraction(array, offset + 5, length - 5), sink);
  }

  /** Year and month, day, hour, minute, second in 17, 5, 5, 6 and 6 bits. */
  static void dateTime(Column column, long packed, int micros, CellSink sink) {
    if (packed < 0) {
      throw new MalformedBytesException("Expected a date that is not negative");
    }
    long date = packed >> 17;
    int yearMonth = (int) (date >> 5);
    int time = (int) packed & 0x1FFFF;
    push(
        column,
        yearMonth / 13,
        yearMonth % 13,
        (int) date & 31,
        time >> 12,
        time >> 6 & 63,
        time & 63,
        micros,
        sink);
  }

  static void timestamp2(Column column, byte[] array, int offset, int length, CellSink sink) {
    long seconds = Endian.big(array, offset, 4);
    sink.timestamp(column, seconds, fraction(array, offset + 4, length - 4));
  }

  /**
   * A number with the fraction in its low bytes and an offset that makes it positive, so that the
   * fraction of a negative time borrows from the seconds.
   */
  static void time2(Column column, byte[] array, int offset, int length, CellSink sink) {
    int bytes = length - 3;
    long number = Endian.big(array, offset, length) - (0x800000L << 8 * bytes);
    long size = Math.abs(number);
    int time = (int) (size >> 8 * bytes);
    int micros = (int) (size & (1L << 8 * bytes) - 1) * FRACTION_UNIT[bytes];
    time(column, number < 0, time >> 12, time >> 6 & 63, time & 63, micros, sink);
  }

  static void oldDatetime(Column column, byte[] array, int offset, CellSink sink) {
    long digits = Endian.i64(array, offset);
    if (digits < 0 || digits > 9999_99_99_99_99_99L) {
      throw new MalformedBytesException(
          "Expected a DATETIME as YYYYMMDDhhmmss but got " + Long.toUnsignedString(digits));
    }
    int date = (int) (digits / 1_000_000);
    int time = (int) (digits % 1_000_000);
    push(
        column,
        date / 10_000,
        date / 100 % 100,
        date % 100,
        time / 10_000,
        time / 100 % 100,
        time % 100,
        0,
        sink);
  }

  static void oldTimestamp(Column column, byte[] array, int offset, CellSink sink) {
    sink.timestamp(column, Endian.u32(array, offset), 0);
  }

  static void oldTime(Column column, byte[] array, int offset, CellSink sink) {
    int digits = Endian.i24(array, offset);
    int size = Math.abs(digits);
    time(column, digits < 0, size / 10_000, size / 100 % 100, size % 100, 0, sink);
  }

  static void hiresDatetime(Column column, byte[] array, int offset, int length, CellSink sink) {
    long rest = Endian.big(array, offset, length);
    int unit = POWERS[column.decimals()];
    if (rest < 0) {
      throw new MalformedBytesException("Expected a DATETIME that is not negative");
    }
    final int micros = (int) (rest % unit) * POWERS[6 - column.decimals()];
    rest /= unit;
    final int second = (int) (rest % 60);
    rest /= 60;
    final int minute = (int) (rest % 60);
    rest /= 60;
    final int hour = (int) (rest % 24);
    rest /= 24;
    final int day = (int) (rest % 32);
    rest /= 32;
    int year = (int) Math.min(rest / 13, 10_000);
    push(column, year, (int) (rest % 13), day, hour, minute, second, micros, sink);
  }

  static void hiresTimestamp(Column column, byte[] array, int offset, int length, CellSink sink) {
    long seconds = Endian.big(array, offset, 4);
    long fraction = Endian.big(array, offset + 4, length - 4);
    sink.timestamp(column, seconds, micros(fraction * POWERS[6 - column.decimals()]));
  }

  static void hiresTime(Column column, byte[] array, int offset, int length, CellSink sink) {
    int unit = POWERS[column.decimals()];
    long number = Endian.big(array, offset, length) - HIRES_TIME_ZERO * unit;
    long size = Math.abs(number);
    int micros = (int) (size % unit) * POWERS[6 - column.decimals()];
    long seconds = size / unit;
    long hours = seconds / 3600;
    if (hours > 838) {
      throw new MalformedBytesException("Expected a TIME of at most 838 hours but got " + hours);
    }
    time(
        column,
        number < 0,
        (int) hours,
        (int) (seconds / 60 % 60),
        (int) (seconds % 60),
        micros,
        sink);
  }

  private static int fraction(byte[] array, int offset, int bytes) {
    return bytes == 0 ? 0 : micros(Endian.big(array, offset, bytes) * FRACTION_UNIT[bytes]);
  }

  private static int micros(long micros) {
    if (micros > 999_999) {
      throw new MalformedBytesException(
          "Expected a fraction below one second but got " + micros + " microseconds");
    }
    return (int) micros;
  }

  private static void push(
      Column column,
      int year,
      int month,
      int day,
      int hour,
      int minute,
      int second,
      int micros,
      CellSink sink) {
    check(year, month, hour, minute, second);
    sink.dateTime(column, year, month, day, hour, minute, second, micros);
  }

  private static void time(
      Column column,
      boolean negative,
      int hours,
      int minutes,
      int seconds,
      int micros,
      CellSink sink) {
    check(0, 0, 0, minutes, seconds);
    sink.time(column, negative, hours, minutes, seconds, micros(micros));
  }

  /** Values with more than two or four digits could not be formatted. */
  private static void check(int year, int month, int hour, int minute, int second) {
    if (year > 9999 || month > 12 || hour > 23 || minute > 59 || second > 59) {
      throw new MalformedBytesException(
          "Expected a date or time but got year %d month %d, %d:%d:%d"
              .formatted(year, month, hour, minute, second));
    }
  }
}
