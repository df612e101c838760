package io.binlogbroker.binlog.query;

import io.binlogbroker.binlog.bytes.Endian;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.row.RowImage;
import io.binlogbroker.binlog.row.cell.TextTranscoder;
import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.TextFaults;
import io.binlogbroker.binlog.wire.BinaryResult;
import java.util.Arrays;
import java.util.Objects;

/**
 * The current row of a query's result, as an image that contains all columns. The same calls to a
 * {@link CellSink} as for a row of the binary log. One thread.
 */
public final class QueryRow implements RowImage {
  private static final int SECONDS_A_DAY = 86_400;

  private final QueryPlan plan;
  private final BinaryResult result;
  private final TextTranscoder text;
  private byte[] compact = new byte[256];

  /**
   * @param result of a query with the plan's {@link QueryPlan#selectList}
   * @param faults notified of malformed text
   */
  public QueryRow(QueryPlan plan, BinaryResult result, TextFaults faults) {
    this.plan = plan;
    this.result = result;
    this.text = new TextTranscoder(faults);
  }

  @Override
  public boolean has(int column) {
    return true;
  }

  @Override
  public boolean isNull(int column) {
    return result.isNull(column);
  }

  @Override
  public void cells(CellSink sink) {
    for (int column = 0; column < plan.rows().columns().size(); column++) {
      cell(column, sink);
    }
  }

  @Override
  public void cell(int index, CellSink sink) {
    Column column = plan.rows().columns().get(index);
    if (result.isNull(index)) {
      sink.nullCell(column);
      return;
    }
    byte[] array = result.array();
    int offset = result.offset(index);
    int length = result.length(index);
    switch (column.type()) {
      case TINYINT ->
          sink.integer(column, column.unsigned() ? array[offset] & 0xFF : array[offset]);
      case SMALLINT ->
          sink.integer(
              column, column.unsigned() ? Endian.u16(array, offset) : Endian.i16(array, offset));
      case MEDIUMINT, INT ->
          sink.integer(
              column, column.unsigned() ? Endian.u32(array, offset) : Endian.i32(array, offset));
      case BIGINT -> bigint(column, Endian.i64(array, offset), sink);
      case YEAR -> sink.integer(column, Endian.u16(array, offset));
      case BIT -> sink.unsigned(column, Endian.big(array, offset, length));
      case FLOAT -> sink.float32(column, Float.intBitsToFloat(Endian.i32(array, offset)));
      case DOUBLE -> sink.float64(column, Double.longBitsToDouble(Endian.i64(array, offset)));
      case DECIMAL -> decimal(column, array, offset, length, sink);
      case CHAR, VARCHAR, TEXT ->
          text.push(
              plan.rows(),
              column,
              Objects.requireNonNull(plan.charsets().get(index)),
              array,
              offset,
              length,
              sink);
      case UUID, INET4, INET6 -> sink.text(column, array, offset, length);
      case BINARY, VARBINARY, BLOB -> sink.binary(column, array, offset, length);
      case ENUM -> sink.enumeration(column, (int) Endian.i64(array, offset));
      case SET -> sink.set(column, Endian.i64(array, offset));
      case DATE -> date(column, array, offset, length, sink);
      case DATETIME -> dateTime(column, array, offset, length, sink);
      case TIMESTAMP -> timestamp(column, array, offset, length, sink);
      case TIME -> time(column, array, offset, length, sink);
      case JSON -> json(column, array, offset, length, sink);
      case GEOMETRY -> geometry(column, array, offset, length, sink);
      case VECTOR -> sink.vector(column, array, offset, length);
    }
  }

  private static void bigint(Column column, long value, CellSink sink) {
    if (column.unsigned()) {
      sink.unsigned(column, value);
    } else {
      sink.integer(column, value);
    }
  }

  /** ZEROFILL pads with zeros, which the log does not contain. */
  private static void decimal(Column column, byte[] array, int offset, int length, CellSink sink) {
    int from = offset;
    int end = offset + length;
    while (from + 1 < end && array[from] == '0' && array[from + 1] != '.') {
      from++;
    }
    sink.decimal(column, array, from, end - from);
  }

  private static void date(Column column, byte[] array, int offset, int length, CellSink sink) {
    if (length == 0) {
      sink.date(column, 0, 0, 0);
      return;
    }
    requireLength(length >= 4, column, length);
    sink.date(column, Endian.u16(array, offset), array[offset + 2], array[offset + 3]);
  }

  /** Parts that are zero are left out at the end. */
  private static void dateTime(Column column, byte[] array, int offset, int length, CellSink sink) {
    requireLength(length == 0 || length == 4 || length == 7 || length == 11, column, length);
    boolean dated = length >= 4;
    boolean timed = length >= 7;
    sink.dateTime(
        column,
        dated ? Endian.u16(array, offset) : 0,
        dated ? array[offset + 2] : 0,
        dated ? array[offset + 3] : 0,
        timed ? array[offset + 4] : 0,
        timed ? array[offset + 5] : 0,
        timed ? array[offset + 6] : 0,
        length == 11 ? Endian.i32(array, offset + 7) : 0);
  }

  private static void timestamp(
      Column column, byte[] array, int offset, int length, CellSink sink) {
    requireLength(length == 0 || length == 4 || length == 7 || length == 11, column, length);
    int month = length == 0 ? 0 : array[offset + 2];
    if (month == 0) {
      sink.timestamp(column, 0, 0);
      return;
    }
    long seconds =
        daysSinceEpoch(Endian.u16(array, offset), month, array[offset + 3]) * SECONDS_A_DAY;
    if (length >= 7) {
      seconds += array[offset + 4] * 3_600L + array[offset + 5] * 60L + array[offset + 6];
    }
    sink.timestamp(column, seconds, length == 11 ? Endian.i32(array, offset + 7) : 0);
  }

  /** Days from 1970-01-01 on, in the Gregorian calendar, for dates after it. */
  private static long daysSinceEpoch(int year, int month, int day) {
    // Years that begin in March have the leap day at their end.
    int shifted = month > 2 ? year : year - 1;
    int fromMarch = (month + 9) % 12;
    long leaps = shifted / 4 - shifted / 100 + shifted / 400;
    return shifted * 365L + leaps + (fromMarch * 306 + 5) / 10 + day - 1 - 719_468;
  }

  private static void time(Column column, byte[] array, int offset, int length, CellSink sink) {
    requireLength(length == 0 || length == 8 || length == 12, column, length);
    if (length == 0) {
      sink.time(column, false, 0, 0, 0, 0);
      return;
    }
    sink.time(
        column,
        array[offset] != 0,
        Endian.i32(array, offset + 1) * 24 + array[offset + 5],
        array[offset + 6],
        array[offset + 7],
        length == 12 ? Endian.i32(array, offset + 8) : 0);
  }

  /** The server prints a blank after each comma and colon. */
  private void json(Column column, byte[] array, int offset, int length, CellSink sink) {
    if (compact.length < length) {
      compact = new byte[Math.max(length, 2 * compact.length)];
    }
    boolean quoted = false;
    int size = 0;
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      byte next = array[i];
      if (next == ' ' && !quoted) {
        continue;
      }
      compact[size++] = next;
      if (next == '"') {
        quoted = !quoted;
      } else if (next == '\\') {
        compact[size++] = array[++i];
      }
    }
    sink.json(column, compact, 0, size);
  }

  private static void geometry(Column column, byte[] array, int offset, int length, CellSink sink) {
    requireLength(length == 0 || length >= 4, column, length);
    if (length == 0) {
      sink.geometry(column, 0, array, offset, 0);
      return;
    }
    sink.geometry(column, Endian.u32(array, offset), array, offset + 4, length - 4);
  }

  private static void requireLength(boolean possible, Column column, int length) {
    if (!possible) {
      throw new MalformedBytesException(
          "Expected a %s but the server sent %d bytes, column %s"
              .formatted(column.type(), length, column.name()));
    }
  }

  @Override
  public boolean sameCell(int column, RowImage other) {
    if (!(other instanceof QueryRow that) || that.plan != plan) {
      throw new IllegalArgumentException("Expected an image of the same rows but got " + other);
    }
    if (result.isNull(column) || that.result.isNull(column)) {
      return result.isNull(column) && that.result.isNull(column);
    }
    int from = result.offset(column);
    int thatFrom = that.result.offset(column);
    return Arrays.equals(
        result.array(),
        from,
        from + result.length(column),
        that.result.array(),
        thatFrom,
        thatFrom + that.result.length(column));
  }
}
