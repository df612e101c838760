package io.binlogbroker.engine.format.debezium;

import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.ColumnType;
import io.binlogbroker.engine.format.cell.JsonCellWriter;
import io.binlogbroker.engine.format.cell.JsonTable;
import io.binlogbroker.engine.format.cell.OutputBuffer;

/** Writes cells as members of a JSON object, in Debezium's default encodings. One thread. */
public final class DebeziumCellSink extends JsonCellWriter {
  private static final byte[] NULL = OutputBuffer.ascii("null");
  private static final byte[] TRUE = OutputBuffer.ascii("true");
  private static final byte[] FALSE = OutputBuffer.ascii("false");
  private static final byte[] EPOCH = OutputBuffer.ascii("\"1970-01-01T00:00:00Z\"");
  private static final byte[] WKB = OutputBuffer.ascii("{\"wkb\":\"");
  private static final byte[] SRID = OutputBuffer.ascii("\",\"srid\":");
  private static final long SECONDS_OF_DAY = 86_400;

  /** The largest precision of fractional seconds for which Debezium uses milliseconds. */
  private static final int MILLIS = 3;

  private final UnscaledDecimal decimal = new UnscaledDecimal();
  private final byte[] bits = new byte[Long.BYTES];

  public DebeziumCellSink(OutputBuffer out, JsonTable table) {
    super(out, table);
  }

  @Override
  public void unsigned(Column column, long value) {
    name(column);
    if (column.type() == ColumnType.BIT) {
      bit(column, value);
      return;
    }
    out.unsigned(value);
  }

  /** Writes a BIT: little-endian bytes, or a boolean for a single bit. */
  private void bit(Column column, long value) {
    if (column.precision() == 1) {
      out.put(value == 0 ? FALSE : TRUE);
      return;
    }
    int length = (column.precision() + 7) / 8;
    for (int i = 0; i < length; i++) {
      bits[i] = (byte) (value >>> 8 * i);
    }
    out.put('"');
    out.base64(bits, 0, length);
    out.put('"');
  }

  @Override
  public void decimal(Column column, byte[] ascii, int offset, int length) {
    openQuoted(column);
    decimal.of(ascii, offset, length);
    int first = decimal.offset();
    out.base64(decimal.bytes(), first, decimal.bytes().length - first);
    closeQuoted();
  }

  @Override
  public void date(Column column, int year, int month, int day) {
    name(column);
    if (!EpochDays.isDay(year, month, day)) {
      nothing(column);
      return;
    }
    out.number(EpochDays.of(year, month, day));
  }

  /** Writes the value for an invalid date. */
  private void nothing(Column column) {
    if (column.nullable()) {
      out.put(NULL);
      return;
    }
    out.put('0');
  }

  @Override
  public void dateTime(
      Column column, int year, int month, int day, int hour, int minute, int second, int micros) {
    name(column);
    if (!EpochDays.isDay(year, month, day)) {
      nothing(column);
      return;
    }
    long days = EpochDays.of(year, month, day);
    long seconds = days * SECONDS_OF_DAY + hour * 3600L + minute * 60L + second;
    boolean inMillis = column.decimals() <= MILLIS;
    out.number(inMillis ? seconds * 1000 + micros / 1000 : seconds * 1_000_000 + micros);
  }

  @Override
  public void timestamp(Column column, long seconds, int micros) {
    name(column);
    if (seconds == 0 && micros == 0) {
      out.put(column.nullable() ? NULL : EPOCH);
      return;
    }
    out.put('"');
    text.isoTimestamp(column, seconds, micros);
    closeQuoted();
  }

  @Override
  public void time(
      Column column, boolean negative, int hours, int minutes, int seconds, int micros) {
    name(column);
    long value = (hours * 3600L + minutes * 60L + seconds) * 1_000_000 + micros;
    out.number(negative ? -value : value);
  }

  @Override
  public void json(Column column, byte[] utf8, int offset, int length) {
    text(column, utf8, offset, length);
  }

  @Override
  public void geometry(Column column, long srid, byte[] wkb, int offset, int length) {
    name(column);
    out.put(WKB);
    out.base64(wkb, offset, length);
    out.put(SRID);
    if (srid == 0) {
      out.put(NULL);
    } else {
      out.unsigned(srid);
    }
    out.put('}');
  }
}
