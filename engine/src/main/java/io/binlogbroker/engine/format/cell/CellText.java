package io.binlogbroker.engine.format.cell;

import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.RowPlan;
import io.binlogbroker.engine.model.FormatException;

/**
 * Writes the text of a cell that {@code json} and the partition key have in common, without quotes.
 * Belongs to the thread of its buffer.
 */
public final class CellText {
  private static final byte[] ZERO_DATE_TIME = OutputBuffer.ascii("0000-00-00 00:00:00");
  private static final byte[] SRID = OutputBuffer.ascii("{\"srid\":");
  private static final byte[] WKB = OutputBuffer.ascii(",\"wkb\":\"");
  private static final byte[] END_WKB = OutputBuffer.ascii("\"}");
  private static final int SECONDS_OF_DAY = 86_400;

  private final OutputBuffer out;
  private final ShortestDecimal shortest = new ShortestDecimal();

  public CellText(OutputBuffer out) {
    this.out = out;
  }

  public void float32(RowPlan plan, Column column, float value) {
    if (!Float.isFinite(value)) {
      throw FormatException.at(plan, column, "Expected a finite number but got " + value);
    }
    shortest.write(value, out);
  }

  public void float64(RowPlan plan, Column column, double value) {
    if (!Double.isFinite(value)) {
      throw FormatException.at(plan, column, "Expected a finite number but got " + value);
    }
    shortest.write(value, out);
  }

  public void date(int year, int month, int day) {
    out.fourDigits(year);
    out.put('-');
    out.twoDigits(month);
    out.put('-');
    out.twoDigits(day);
  }

  private void timeOfDay(Column column, int hour, int minute, int second, int micros) {
    out.twoDigits(hour);
    out.put(':');
    out.twoDigits(minute);
    out.put(':');
    out.twoDigits(second);
    fraction(column, micros);
  }

  public void dateTime(
      Column column, int year, int month, int day, int hour, int minute, int second, int micros) {
    date(year, month, day);
    out.put(' ');
    timeOfDay(column, hour, minute, second, micros);
  }

  public void timestamp(Column column, long seconds, int micros) {
    timestampWithoutZone(column, seconds, micros);
    if (seconds != 0 || micros != 0) {
      out.put('Z');
    }
  }

  public void timestampWithoutZone(Column column, long seconds, int micros) {
    if (seconds == 0 && micros == 0) {
      out.put(ZERO_DATE_TIME);
      fraction(column, 0);
      return;
    }
    utc(column, seconds, micros, ' ');
  }

  /** Writes a TIMESTAMP; the zero timestamp is written as the epoch. */
  public void isoTimestamp(Column column, long seconds, int micros) {
    utc(column, seconds, micros, 'T');
    out.put('Z');
  }

  private void utc(Column column, long seconds, int micros, char beforeTime) {
    civilDate(Math.floorDiv(seconds, SECONDS_OF_DAY));
    out.put(beforeTime);
    int second = (int) Math.floorMod(seconds, (long) SECONDS_OF_DAY);
    timeOfDay(column, second / 3600, second / 60 % 60, second % 60, micros);
  }

  /** Howard Hinnant's civil_from_days: years begin in March, so that a leap day ends one. */
  private void civilDate(long daysSinceEpoch) {
    long days = daysSinceEpoch + 719_468;
    long era = Math.floorDiv(days, 146_097L);
    int dayOfEra = (int) (days - era * 146_097);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
    date(year, month, day);
  }

  public void time(
      Column column, boolean negative, int hours, int minutes, int seconds, int micros) {
    if (negative) {
      out.put('-');
    }
    if (hours >= 100) {
      out.number(hours / 100);
    }
    timeOfDay(column, hours % 100, minutes, seconds, micros);
  }

  private void fraction(Column column, int micros) {
    if (column.decimals() > 0) {
      out.put('.');
      out.fraction(micros, column.decimals());
    }
  }

  public void geometry(long srid, byte[] wkb, int offset, int length) {
    out.put(SRID);
    out.unsigned(srid);
    out.put(WKB);
    out.base64(wkb, offset, length);
    out.put(END_WKB);
  }

  public void vector(RowPlan plan, Column column, byte[] floats, int offset, int length) {
    if (length % Float.BYTES != 0) {
      throw brokenVector(plan, column, length);
    }
    out.put('[');
    for (int at = offset; at < offset + length; at += Float.BYTES) {
      if (at > offset) {
        out.put(',');
      }
      float32(plan, column, floatAt(floats, at));
    }
    out.put(']');
  }

  public static FormatException brokenVector(RowPlan plan, Column column, int length) {
    return FormatException.at(
        plan, column, "Expected a vector of 4-byte floats but got " + length + " bytes");
  }

  /** Reads a little-endian float of a vector. */
  public static float floatAt(byte[] bytes, int at) {
    return Float.intBitsToFloat(
        (bytes[at] & 0xff)
            | (bytes[at + 1] & 0xff) << 8
            | (bytes[at + 2] & 0xff) << 16
            | bytes[at + 3] << 24);
  }
}
