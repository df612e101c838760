package io.binlogbroker.engine.format.cell;

import java.nio.charset.StandardCharsets;

/** Writes MessagePack with the encodings of the library of the original Go program. One thread. */
public final class Msgpack {
  private static final int NIL = 0xc0;
  private static final int BIN_8 = 0xc4;
  private static final int FLOAT_32 = 0xca;
  private static final int FLOAT_64 = 0xcb;
  private static final int UINT_64 = 0xcf;
  private static final int INT_8 = 0xd0;
  private static final int STR_8 = 0xd9;
  private static final int ARRAY_16 = 0xdc;
  private static final int FIX_STR = 0xa0;
  private static final int FIX_ARRAY = 0x90;
  private static final int FIX_MAP = 0x80;

  private final OutputBuffer out;

  public Msgpack(OutputBuffer out) {
    this.out = out;
  }

  public void nil() {
    put(NIL);
  }

  /** Begins a map of at most 15 entries. */
  public void map(int entries) {
    put(FIX_MAP | entries);
  }

  public void array(int count) {
    if (count < 16) {
      put(FIX_ARRAY | count);
      return;
    }
    boolean small = count < 1 << 16;
    put(small ? ARRAY_16 : ARRAY_16 + 1);
    bytes(count, small ? 2 : 4);
  }

  public void string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    string(utf8, 0, utf8.length);
  }

  public void string(byte[] utf8, int offset, int length) {
    if (length < 32) {
      put(FIX_STR | length);
    } else {
      length(STR_8, length);
    }
    out.put(utf8, offset, length);
  }

  /** Begins a string of fewer than 32 bytes whose length is not known yet. */
  public int openShortString() {
    put(FIX_STR);
    return out.length();
  }

  /**
   * @param start the return value of {@link #openShortString}
   */
  public void closeShortString(int start) {
    out.set(start - 1, (char) (FIX_STR | out.length() - start));
  }

  /** Begins a binary value of {@code length} bytes. */
  public void binary(int length) {
    length(BIN_8, length);
  }

  private void length(int type8, int length) {
    if (length < 1 << 8) {
      put(type8);
      bytes(length, 1);
    } else if (length < 1 << 16) {
      put(type8 + 1);
      bytes(length, 2);
    } else {
      put(type8 + 2);
      bytes(length, 4);
    }
  }

  /**
   * Writes a number with a signed type, even if it is positive: the Go library reads unsigned types
   * as uint64, and consumers expect int64.
   */
  public void integer(long value) {
    if (value >= -32 && value <= Byte.MAX_VALUE) {
      bytes(value, 1);
    } else if (value == (byte) value) {
      number(INT_8, value, 1);
    } else if (value == (short) value) {
      number(INT_8 + 1, value, 2);
    } else if (value == (int) value) {
      number(INT_8 + 2, value, 4);
    } else {
      number(INT_8 + 3, value, 8);
    }
  }

  /** Writes all 64 bits as an unsigned number, with a signed type if it fits. */
  public void unsigned(long value) {
    if (value >= 0) {
      integer(value);
    } else {
      number(UINT_64, value, 8);
    }
  }

  public void float32(float value) {
    number(FLOAT_32, Float.floatToRawIntBits(value), 4);
  }

  public void float64(double value) {
    number(FLOAT_64, Double.doubleToRawLongBits(value), 8);
  }

  private void number(int type, long value, int width) {
    put(type);
    bytes(value, width);
  }

  /** Writes bytes in big-endian order. */
  private void bytes(long value, int width) {
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
      put((int) (value >>> shift));
    }
  }

  private void put(int oneByte) {
    out.put((char) (oneByte & 0xff));
  }
}
