package io.binlogbroker.binlog.row.json;

import io.binlogbroker.binlog.bytes.Endian;
import io.binlogbroker.binlog.bytes.MalformedBytesException;

/**
 * Reads MySQL's binary JSON and passes its values to a {@link Visitor}. Offsets, depth and the
 * total work per document are bounded for any input. One thread.
 */
final class BinaryJson {
  /** The server's limit. */
  static final int DEEPEST = 100;

  private static final int SMALL_OBJECT = 0;
  private static final int LARGE_OBJECT = 1;
  private static final int SMALL_ARRAY = 2;
  private static final int LARGE_ARRAY = 3;
  private static final int LITERAL = 4;
  private static final int INT16 = 5;
  private static final int UINT16 = 6;
  private static final int INT32 = 7;
  private static final int UINT32 = 8;
  private static final int INT64 = 9;
  private static final int UINT64 = 10;
  private static final int DOUBLE = 11;
  private static final int STRING = 12;
  private static final int OPAQUE = 15;

  private byte[] array = new byte[0];
  private long budget;
  private int position;

  /** Receives the values in document order. */
  interface Visitor {
    void beginObject();

    void key(byte[] bytes, int from, int to);

    void endObject();

    void beginArray();

    /** Called before each element. */
    void element();

    void endArray();

    void literal(String text);

    void integer(long value);

    void unsigned(long value);

    void real(double value);

    void string(byte[] bytes, int from, int to);

    /** A value of a MySQL type that JSON does not have. */
    void opaque(int type, byte[] bytes, int from, int to);
  }

  /** Reads a document; an empty one is JSON null. */
  void walk(byte[] array, int offset, int length, Visitor visitor) {
    this.array = array;
    if (length == 0) {
      visitor.literal("null");
      return;
    }
    // Values, keys and strings must not share bytes, or the work would be unbounded.
    budget = length;
    value(array[offset] & 0xFF, offset + 1, offset + length, 1, visitor);
  }

  private void value(int type, int from, int to, int depth, Visitor visitor) {
    consume(1);
    switch (type) {
      case SMALL_OBJECT -> container(from, to, 2, true, depth, visitor);
      case LARGE_OBJECT -> container(from, to, 4, true, depth, visitor);
      case SMALL_ARRAY -> container(from, to, 2, false, depth, visitor);
      case LARGE_ARRAY -> container(from, to, 4, false, depth, visitor);
      case LITERAL -> literal(array[require(from, 1, to)], visitor);
      case INT16 -> visitor.integer(Endian.i16(array, require(from, 2, to)));
      case UINT16 -> visitor.integer(Endian.u16(array, require(from, 2, to)));
      case INT32 -> visitor.integer(Endian.i32(array, require(from, 4, to)));
      case UINT32 -> visitor.integer(Endian.u32(array, require(from, 4, to)));
      case INT64 -> visitor.integer(Endian.i64(array, require(from, 8, to)));
      case UINT64 -> visitor.unsigned(Endian.i64(array, require(from, 8, to)));
      case DOUBLE ->
          real(Double.longBitsToDouble(Endian.i64(array, require(from, 8, to))), visitor);
      case STRING -> {
        int length = variableLength(from, to);
        consume(length);
        visitor.string(array, position, position + length);
      }
      case OPAQUE -> {
        int fieldType = array[require(from, 1, to)] & 0xFF;
        int length = variableLength(from + 1, to);
        consume(length);
        visitor.opaque(fieldType, array, position, position + length);
      }
      default -> throw new MalformedBytesException("JSON value has the unknown type " + type);
    }
  }

  private static void literal(int code, Visitor visitor) {
    switch (code) {
      case 0 -> visitor.literal("null");
      case 1 -> visitor.literal("true");
      case 2 -> visitor.literal("false");
      default -> throw new MalformedBytesException("Unknown JSON literal " + code);
    }
  }

  private static void real(double value, Visitor visitor) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new MalformedBytesException("JSON number is " + value);
    }
    visitor.real(value);
  }

  /** Offsets are relative to {@code start}, where the number of members is. */
  private void container(int start, int to, int w, boolean object, int depth, Visitor visitor) {
    if (depth > DEEPEST) {
      throw new MalformedBytesException("JSON is nested deeper than " + DEEPEST);
    }
    require(start, 2 * w, to);
    long count = Endian.little(array, start, w);
    long size = Endian.little(array, start + w, w);
    long entries = count * (object ? 2L * w + 3 : w + 1);
    if (size > to - start || 2L * w + entries > size) {
      throw new MalformedBytesException(
          "JSON declares %d members in %d bytes but has %d bytes"
              .formatted(count, size, to - start));
    }
    int end = start + (int) size;
    int keys = start + 2 * w;
    int values = object ? keys + (int) count * (w + 2) : keys;
    if (object) {
      visitor.beginObject();
    } else {
      visitor.beginArray();
    }
    for (int i = 0; i < count; i++) {
      if (object) {
        key(start, end, keys + i * (w + 2), w, visitor);
      } else {
        visitor.element();
      }
      entry(start, end, values + i * (w + 1), w, depth, visitor);
    }
    if (object) {
      visitor.endObject();
    } else {
      visitor.endArray();
    }
  }

  private void key(int start, int end, int entry, int w, Visitor visitor) {
    int from = at(start, Endian.little(array, entry, w), end);
    int length = Endian.u16(array, entry + w);
    require(from, length, end);
    consume(length);
    visitor.key(array, from, from + length);
  }

  private void entry(int start, int end, int entry, int w, int depth, Visitor visitor) {
    int type = array[entry] & 0xFF;
    boolean inline =
        type == LITERAL
            || type == INT16
            || type == UINT16
            || w == 4 && (type == INT32 || type == UINT32);
    if (inline) {
      value(type, entry + 1, entry + 1 + w, depth, visitor);
      return;
    }
    value(type, at(start, Endian.little(array, entry + 1, w), end), end, depth + 1, visitor);
  }

  /** The offset of an empty key may be the end. */
  private static int at(int start, long offset, int end) {
    if (offset > end - start) {
      throw new MalformedBytesException(
          "JSON offset " + offset + " is outside its " + (end - start) + " bytes");
    }
    return start + (int) offset;
  }

  /** Reads a number of seven bits per byte, low bits first; sets {@link #position} to its end. */
  private int variableLength(int from, int to) {
    long length = 0;
    for (int i = 0; i < 5; i++) {
      int next = array[require(from + i, 1, to)];
      length |= (long) (next & 0x7F) << 7 * i;
      if (next >= 0) {
        position = from + i + 1;
        if (length > to - position) {
          throw new MalformedBytesException(
              "JSON string of " + length + " bytes but " + (to - position) + " are left");
        }
        return (int) length;
      }
    }
    throw new MalformedBytesException("JSON length takes more than five bytes");
  }

  private static int require(int from, int count, int to) {
    if (from > to || count > to - from) {
      throw new MalformedBytesException(
          "Expected " + count + " bytes of JSON but " + Math.max(0, to - from) + " are left");
    }
    return from;
  }

  private void consume(int bytes) {
    budget -= bytes;
    if (budget < 0) {
      throw new MalformedBytesException("JSON values overlap");
    }
  }
}
