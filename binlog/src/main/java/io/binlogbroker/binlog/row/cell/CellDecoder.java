package io.binlogbroker.binlog.row.cell;

import io.binlogbroker.binlog.bytes.ByteReader;
import io.binlogbroker.binlog.bytes.Endian;
import io.binlogbroker.binlog.bytes.MalformedBytesException;
import io.binlogbroker.binlog.row.column.CellSink;
import io.binlogbroker.binlog.row.column.Column;
import io.binlogbroker.binlog.row.column.TextFaults;
import io.binlogbroker.binlog.row.json.JsonCellDecoder;
import io.binlogbroker.binlog.row.text.DecimalText;
import io.binlogbroker.binlog.row.text.MysqlCharset;
import java.util.Arrays;

/**
 * Decodes a cell and passes its value to a {@link CellSink}. Contains a stream's reused buffers;
 * one thread.
 */
public final class CellDecoder {
  private final DecimalText decimal = new DecimalText();
  private final AddressText address = new AddressText();
  private final TextTranscoder text;
  private final ColumnInflater inflater;
  private final JsonCellDecoder json = new JsonCellDecoder();
  private byte[] padded = new byte[256];

  public CellDecoder(TextFaults faults, long maxInflated) {
    this.text = new TextTranscoder(faults);
    this.inflater = new ColumnInflater(maxInflated);
  }

  public JsonCellDecoder json() {
    return json;
  }

  /** The cell must have the length that its kind requires, which is checked when it is located. */
  public void push(
      RowLayout layout, int index, byte[] array, int offset, int length, CellSink sink) {
    Column column = layout.column(index);
    switch (layout.kind(index)) {
      case I8 -> sink.integer(column, array[offset]);
      case U8 -> sink.integer(column, array[offset] & 0xFF);
      case I16 -> sink.integer(column, Endian.i16(array, offset));
      case U16 -> sink.integer(column, Endian.u16(array, offset));
      case I24 -> sink.integer(column, Endian.i24(array, offset));
      case U24 -> sink.integer(column, Endian.u24(array, offset));
      case I32 -> sink.integer(column, Endian.i32(array, offset));
      case U32 -> sink.integer(column, Endian.u32(array, offset));
      case I64 -> sink.integer(column, Endian.i64(array, offset));
      case U64 -> sink.unsigned(column, Endian.i64(array, offset));
      case YEAR -> sink.integer(column, array[offset] == 0 ? 0 : 1900 + (array[offset] & 0xFF));
      case FLOAT -> sink.float32(column, Float.intBitsToFloat(Endian.i32(array, offset)));
      case DOUBLE -> sink.float64(column, Double.longBitsToDouble(Endian.i64(array, offset)));
      case DECIMAL -> decimal(column, array, offset, sink);
      case BIT -> bit(column, array, offset, length, sink);
      case ENUM -> enumeration(column, array, offset, length, sink);
      case SET -> set(column, array, offset, length, sink);
      case TEXT -> text(layout, column, array, offset, length, sink);
      case BYTES -> sink.binary(column, array, offset, length);
      default -> pushOther(layout, column, index, array, offset, length, sink);
    }
  }

  private void pushOther(
      RowLayout layout,
      Column column,
      int index,
      byte[] array,
      int offset,
      int length,
      CellSink sink) {
    switch (layout.kind(index)) {
      case DATE -> TemporalCells.date(column, array, offset, sink);
      case DATETIME2 -> TemporalCells.datetime2(column, array, offset, length, sink);
      case TIMESTAMP2 -> TemporalCells.timestamp2(column, array, offset, length, sink);
      case TIME2 -> TemporalCells.time2(column, array, offset, length, sink);
      case OLD_DATETIME -> TemporalCells.oldDatetime(column, array, offset, sink);
      case OLD_TIMESTAMP -> TemporalCells.oldTimestamp(column, array, offset, sink);
      case OLD_TIME -> TemporalCells.oldTime(column, array, offset, sink);
      case HIRES_DATETIME -> TemporalCells.hiresDatetime(column, array, offset, length, sink);
      case HIRES_TIMESTAMP -> TemporalCells.hiresTimestamp(column, array, offset, length, sink);
      case HIRES_TIME -> TemporalCells.hiresTime(column, array, offset, length, sink);
      case PADDED_BYTES -> paddedBytes(column, array, offset, length, sink);
      case COMPRESSED_TEXT -> {
        ByteReader cell = inflater.inflate(array, offset, length);
        text(layout, column, cell.array(), cell.position(), cell.remaining(), sink);
      }
      case COMPRESSED_BYTES -> {
        ByteReader cell = inflater.inflate(array, offset, length);
        sink.binary(column, cell.array(), cell.position(), cell.remaining());
      }
      case GEOMETRY -> geometry(column, array, offset, length, sink);
      case VECTOR -> vector(column, array, offset, length, sink);
      case JSON -> json.push(column, array, offset, length, sink);
      case UUID -> address.uuid(column, array, offset, length, sink);
      case INET4 -> address.inet4(column, array, offset, length, sink);
      case INET6 -> address.inet6(column, array, offset, length, sink);
      default -> throw new IllegalStateException("No decoder for " + layout.kind(index));
    }
  }

  private void text(
      RowLayout layout, Column column, byte[] array, int offset, int length, CellSink sink) {
    MysqlCharset charset = layout.charset(column.index());
    text.push(layout.plan(), column, charset, array, offset, length, sink);
  }

  private void decimal(Column column, byte[] array, int offset, CellSink sink) {
    decimal.read(array, offset, column.precision(), column.decimals());
    sink.decimal(column, decimal.text(), decimal.offset(), decimal.length());
  }

  private static void bit(Column column, byte[] array, int offset, int length, CellSink sink) {
    long bits = Endian.big(array, offset, length);
    if (column.precision() < 64 && bits >>> column.precision() != 0) {
      throw new MalformedBytesException(
          "Expected " + column.precision() + " bits but got " + Long.toBinaryString(bits));
    }
    sink.unsigned(column, bits);
  }

  private static void enumeration(
      Column column, byte[] array, int offset, int length, CellSink sink) {
    int ordinal = (int) Endian.little(array, offset, length);
    if (ordinal > column.labels().size()) {
      throw new MalformedBytesException(
          "Expected one of " + column.labels().size() + " labels but got number " + ordinal);
    }
    sink.enumeration(column, ordinal);
  }

  private static void set(Column column, byte[] array, int offset, int length, CellSink sink) {
    long bits = Endian.little(array, offset, length);
    int labels = column.labels().size();
    if (labels < 64 && bits >>> labels != 0) {
      throw new MalformedBytesException(
          "Expected a set of " + labels + " labels but got bits " + Long.toBinaryString(bits));
    }
    sink.set(column, bits);
  }

  private void paddedBytes(Column column, byte[] array, int offset, int length, CellSink sink) {
    int full = column.precision();
    if (length == full) {
      sink.binary(column, array, offset, length);
      return;
    }
    if (length > full) {
      throw new MalformedBytesException(
          "Expected at most " + full + " bytes but the cell has " + length);
    }
    if (padded.length < full) {
      padded = new byte[full];
    }
    System.arraycopy(array, offset, padded, 0, length);
    Arrays.fill(padded, length, full, (byte) 0);
    sink.binary(column, padded, 0, full);
  }

  private static void geometry(Column column, byte[] array, int offset, int length, CellSink sink) {
    if (length == 0) {
      sink.geometry(column, 0, array, offset, 0);
      return;
    }
    if (length < 4) {
      throw new MalformedBytesException("Expected 4 bytes of SRID but the cell has " + length);
    }
    sink.geometry(column, Endian.u32(array, offset), array, offset + 4, length - 4);
  }

  private static void vector(Column column, byte[] array, int offset, int length, CellSink sink) {
    if (length % 4 != 0) {
      throw new MalformedBytesException(
          "Expected 32-bit floats but the cell has " + length + " bytes");
    }
    sink.vector(column, array, offset, length);
  }

  public void close() {
    inflater.close();
  }
}
