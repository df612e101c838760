package io.binlogbroker.binlog.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the numbers and strings of the MySQL protocol from a slice of an array, little-endian
 * unless stated otherwise. Every read is checked against the slice's end. One thread at a time;
 * reused by {@link #wrap}.
 */
public final class ByteReader {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final byte[] EMPTY = new byte[0];

  private byte[] array = EMPTY;
  private int position;
  private int limit;

  public ByteReader() {}

  public ByteReader(byte[] array) {
    wrap(array, 0, array.length);
  }

  public ByteReader(byte[] array, int offset, int length) {
    wrap(array, offset, length);
  }

  /** Points this reader at {@code length} bytes of {@code array}, which is not copied. */
  public ByteReader wrap(byte[] array, int offset, int length) {
    if (offset < 0 || length < 0 || length > array.length - offset) {
      throw new IndexOutOfBoundsException(
          "Slice " + offset + "+" + length + " is outside an array of " + array.length);
    }
    this.array = array;
    this.position = offset;
    this.limit = offset + length;
    return this;
  }

  /** The array that contains the slice. */
  public byte[] array() {
    return array;
  }

  /** Index in {@link #array()} of the next byte. */
  public int position() {
    return position;
  }

  /** Index in {@link #array()} just after the last byte of the slice. */
  public int limit() {
    return limit;
  }

  /** Bytes left to read. */
  public int remaining() {
    return limit - position;
  }

  /** Moves to an index of {@link #array()} between the current position and the limit. */
  public void moveTo(int index) {
    if (index < position || index > limit) {
      throw new MalformedBytesException(
          "Cannot move from byte " + position + " to " + index + " of " + limit);
    }
    position = index;
  }

  /** Removes the last {@code count} bytes from the slice. */
  public void dropLast(int count) {
    require(count);
    limit -= count;
  }

  public void skip(int count) {
    require(count);
    position += count;
  }

  public int u8() {
    require(1);
    return array[position++] & 0xFF;
  }

  public int u16() {
    require(2);
    int value = (short) SHORT.get(array, position) & 0xFFFF;
    position += 2;
    return value;
  }

  public int i16() {
    require(2);
    int value = (short) SHORT.get(array, position);
    position += 2;
    return value;
  }

  public int u24() {
    require(3);
    int value = ((short) SHORT.get(array, position) & 0xFFFF) | (array[position + 2] & 0xFF) << 16;
    position += 3;
    return value;
  }

  public int i24() {
    return u24() << 8 >> 8;
  }

  public int i32() {
    require(4);
    int value = (int) INT.get(array, position);
    position += 4;
    return value;
  }

  public long u32() {
    return i32() & 0xFFFFFFFFL;
  }

  public long u56() {
    return littleEndian(7);
  }

  /** Eight bytes; to be interpreted as unsigned where the protocol specifies u64. */
  public long i64() {
    require(8);
    long value = (long) LONG.get(array, position);
    position += 8;
    return value;
  }

  /** An unsigned number of 0 to 8 bytes, low byte first. */
  public long littleEndian(int bytes) {
    require(bytes);
    long value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = value << 8 | (array[position + i] & 0xFF);
    }
    position += bytes;
    return value;
  }

  /** An unsigned number of 0 to 8 bytes, high byte first. */
  public long bigEndian(int bytes) {
    require(bytes);
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | (array[position + i] & 0xFF);
    }
    position += bytes;
    return value;
  }

  /** A length-encoded integer: 64 bits, to be interpreted as unsigned. */
  public long lenenc() {
    int first = u8();
    return switch (first) {
      case 0xFC -> u16();
      case 0xFD -> u24();
      case 0xFE -> i64();
      case 0xFB, 0xFF ->
          throw new MalformedBytesException(
              "Expected a length-encoded integer but its first byte is %#x".formatted(first));
      default -> first;
    };
  }

  /**
   * A length-encoded integer that is a number of bytes in this slice; more than are left is an
   * error.
   */
  public int lenencLength() {
    long length = lenenc();
    if (length < 0 || length > remaining()) {
      throw new MalformedBytesException(
          "Expected a length of at most "
              + remaining()
              + " but got "
              + Long.toUnsignedString(length));
    }
    return (int) length;
  }

  public String string(int bytes, Charset charset) {
    require(bytes);
    String value = new String(array, position, bytes, charset);
    position += bytes;
    return value;
  }

  public String utf8(int bytes) {
    return string(bytes, StandardCharsets.UTF_8);
  }

  /** A length-encoded UTF-8 string. */
  public String lenencUtf8() {
    return utf8(lenencLength());
  }

  /** The UTF-8 string up to the next zero byte, which is consumed. */
  public String utf8ToNul() {
    int end = position;
    while (end < limit && array[end] != 0) {
      end++;
    }
    if (end == limit) {
      throw new MalformedBytesException("Expected a zero byte at the end of a string, found none");
    }
    String value = utf8(end - position);
    position++;
    return value;
  }

  /** All remaining bytes, as UTF-8. */
  public String utf8ToEnd() {
    return utf8(remaining());
  }

  /** A copy of the next bytes. */
  public byte[] bytes(int count) {
    require(count);
    byte[] value = Arrays.copyOfRange(array, position, position + count);
    position += count;
    return value;
  }

  private void require(int count) {
    if (count < 0 || count > limit - position) {
      throw new MalformedBytesException(
          "Expected " + count + " bytes but " + (limit - position) + " are left");
    }
  }
}
