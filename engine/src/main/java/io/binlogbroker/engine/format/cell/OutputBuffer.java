package io.binlogbroker.engine.format.cell;

import io.binlogbroker.engine.model.FormatException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Collects the bytes of one message at a time in a growing array that is reused. Belongs to the
 * thread of its format.
 */
public final class OutputBuffer {
  /** An array larger than this many bytes is released once messages no longer need it. */
  static final int KEPT = 1 << 20;

  private static final int INITIAL = 4096;
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = ONES << 7;

  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final byte[] BASE64 =
      ascii("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
  private static final byte[] DIGIT_PAIRS = digitPairs();
  private static final byte[] MIN_LONG = ascii(Long.toString(Long.MIN_VALUE));

  private byte[] bytes;
  private int length;

  public OutputBuffer() {
    this(INITIAL);
  }

  /** Creates a buffer of a small initial capacity, for uses with many buffers. */
  public OutputBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Empties the buffer; releases a large array when the last message used less than a quarter of
   * it.
   */
  public void clear() {
    if (bytes.length > KEPT && length < bytes.length / 4) {
      bytes = new byte[INITIAL];
    }
    length = 0;
  }

  public int length() {
    return length;
  }

  int capacity() {
    return bytes.length;
  }

  public byte at(int index) {
    return bytes[index];
  }

  /** Overwrites a byte that was already written. */
  public void set(int index, char ascii) {
    bytes[index] = (byte) ascii;
  }

  /** Truncates the buffer to an earlier length. */
  public void truncate(int shorter) {
    length = shorter;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  public boolean contentEquals(byte[] other) {
    return Arrays.equals(bytes, 0, length, other, 0, other.length);
  }

  public boolean holdsSameAs(OutputBuffer other) {
    return Arrays.equals(bytes, 0, length, other.bytes, 0, other.length);
  }

  public void put(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
  }

  public void put(byte[] source) {
    put(source, 0, source.length);
  }

  public void put(OutputBuffer other) {
    put(other.bytes, 0, other.length);
  }

  /** Appends another buffer from an offset on. */
  public void putFrom(OutputBuffer other, int start) {
    put(other.bytes, start, other.length - start);
  }

  public void put(byte[] source, int offset, int count) {
    reserve(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  public void littleEndian32(long value) {
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      put((char) (value >>> shift & 0xff));
    }
  }

  public void number(long value) {
    if (value == Long.MIN_VALUE) {
      put(MIN_LONG);
      return;
    }
    if (value < 0) {
      put('-');
    }
    digits(Math.abs(value));
  }

  /** Appends all 64 bits as an unsigned number. */
  public void unsigned(long value) {
    if (value >= 0) {
      digits(value);
      return;
    }
    long tens = (value >>> 1) / 5;
    digits(tens);
    put((char) ('0' + (value - tens * 10)));
  }

  /** Appends two digits, zero-padded; 0 to 99. */
  void twoDigits(int value) {
    reserve(2);
    pair(length, value);
    length += 2;
  }

  /** Appends four digits, zero-padded; 0 to 9999. */
  void fourDigits(int value) {
    twoDigits(value / 100);
    twoDigits(value % 100);
  }

  /** Appends exactly {@code count} digits, zero-padded. */
  void padded(long value, int count) {
    reserve(count);
    int at = length + count;
    long rest = value;
    while (at - length >= 2) {
      long hundreds = rest / 100;
      at -= 2;
      pair(at, (int) (rest - hundreds * 100));
      rest = hundreds;
    }
    if (at > length) {
      bytes[length] = (byte) ('0' + rest);
    }
    length += count;
  }

  /** Appends the first {@code count} of the six digits of {@code micros}. */
  void fraction(int micros, int count) {
    reserve(6);
    pair(length, micros / 10_000);
    pair(length + 2, micros / 100 % 100);
    pair(length + 4, micros % 100);
    length += count;
  }

  /** Appends bytes as Latin-1 characters, escaped as in a JSON string. */
  public void latin1Escaped(byte[] source, int offset, int count) {
    for (int at = offset; at < offset + count; at++) {
      byte b = source[at];
      if (b < 0) {
        put((char) (0xc0 | (b & 0xff) >> 6));
        put((char) (0x80 | b & 0x3f));
      } else if (isSpecial(b)) {
        escape(b);
      } else {
        put((char) b);
      }
    }
  }

  public void base64(byte[] source, int offset, int count) {
    int whole = offset + count / 3 * 3;
    reserve(Math.multiplyExact((long) count + 2, 4L) / 3);
    for (int at = offset; at < whole; at += 3) {
      base64Group(
          (source[at] & 0xff) << 16 | (source[at + 1] & 0xff) << 8 | (source[at + 2] & 0xff));
    }
    int rest = offset + count - whole;
    if (rest > 0) {
      int second = rest == 2 ? (source[whole + 1] & 0xff) << 8 : 0;
      base64Group((source[whole] & 0xff) << 16 | second);
      Arrays.fill(bytes, length - 3 + rest, length, (byte) '=');
    }
  }

  /** Appends a JSON string with quotes; non-ASCII characters are not escaped. */
  public void jsonString(byte[] utf8, int offset, int count) {
    put('"');
    jsonEscaped(utf8, offset, count);
    put('"');
  }

  void jsonEscaped(byte[] utf8, int offset, int count) {
    int end = offset + count;
    int from = offset;
    while (from < end) {
      int special = nextSpecial(utf8, from, end);
      put(utf8, from, special - from);
      if (special < end) {
        escape(utf8[special]);
      }
      from = special + 1;
    }
  }

  /**
   * Index of the next byte that must be escaped in JSON, or {@code end}; checks eight bytes at a
   * time.
   */
  private static int nextSpecial(byte[] utf8, int from, int end) {
    int at = from;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      long special = specials((long) LONG.get(utf8, at));
      if (special != 0) {
        return at + Long.numberOfTrailingZeros(special) / Byte.SIZE;
      }
    }
    while (at < end && !isSpecial(utf8[at])) {
      at++;
    }
    return at;
  }

  /**
   * The high bit of each byte that is a quote, a backslash or below 0x20. Bits above the lowest one
   * may be wrong, since subtraction borrows upwards; the lowest is right.
   */
  private static long specials(long eight) {
    long quote = eight ^ ONES * '"';
    long backslash = eight ^ ONES * '\\';
    return ((quote - ONES & ~quote)
            | (backslash - ONES & ~backslash)
            | (eight - ONES * 0x20 & ~eight))
        & HIGH_BITS;
  }

  private static boolean isSpecial(byte b) {
    return b == '"' || b == '\\' || (b >= 0 && b < 0x20);
  }

  private void escape(byte b) {
    put('\\');
    switch (b) {
      case '"', '\\' -> put((char) b);
      case '\b' -> put('b');
      case '\t' -> put('t');
      case '\n' -> put('n');
      case '\f' -> put('f');
      case '\r' -> put('r');
      default -> {
        put('u');
        twoDigits(0);
        put((char) HEX[b >> 4]);
        put((char) HEX[b & 15]);
      }
    }
  }

  private void base64Group(int bits) {
    bytes[length] = BASE64[bits >> 18];
    bytes[length + 1] = BASE64[bits >> 12 & 63];
    bytes[length + 2] = BASE64[bits >> 6 & 63];
    bytes[length + 3] = BASE64[bits & 63];
    length += 4;
  }

  private void digits(long value) {
    padded(value, PowersOfTen.digitCount(value));
  }

  private void pair(int at, int value) {
    bytes[at] = DIGIT_PAIRS[2 * value];
    bytes[at + 1] = DIGIT_PAIRS[2 * value + 1];
  }

  private static byte[] digitPairs() {
    byte[] pairs = new byte[200];
    for (int i = 0; i < 100; i++) {
      pairs[2 * i] = (byte) ('0' + i / 10);
      pairs[2 * i + 1] = (byte) ('0' + i % 10);
    }
    return pairs;
  }

  private void reserve(long more) {
    if (more > bytes.length - length) {
      grow(length + more);
    }
  }

  private void grow(long needed) {
    if (needed > LARGEST) {
      throw new FormatException(
          "A message would need "
              + needed
              + " bytes, but at most "
              + LARGEST
              + " are possible. Exclude the column or shorten its values.");
    }
    long roomy = bytes.length + (long) (bytes.length >> 1);
    // After a very large cell, the rest of its message must not make the array grow and double
    // again.
    long wanted = Math.max(needed + INITIAL, roomy);
    bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, LARGEST));
  }
}
