package io.binlogbroker.binlog.row.text;

import io.binlogbroker.binlog.bytes.MalformedBytesException;
import java.util.Arrays;

/** A growing, reused buffer of UTF-8. One thread. */
public final class Utf8Buffer {
  static final int REPLACEMENT = 0xFFFD;

  private byte[] array = new byte[256];
  private int length;

  public byte[] array() {
    return array;
  }

  public int length() {
    return length;
  }

  public void clear() {
    length = 0;
  }

  public void ascii(int character) {
    ensure(1);
    array[length++] = (byte) character;
  }

  public void ascii(String text) {
    ensure(text.length());
    for (int i = 0; i < text.length(); i++) {
      array[length++] = (byte) text.charAt(i);
    }
  }

  public void bytes(byte[] source, int offset, int count) {
    ensure(count);
    System.arraycopy(source, offset, array, length, count);
    length += count;
  }

  /** Appends a code point, which must not be a surrogate. */
  void codePoint(int point) {
    ensure(4);
    if (point < 0x80) {
      array[length++] = (byte) point;
      return;
    }
    if (point < 0x800) {
      array[length++] = (byte) (0xC0 | point >> 6);
      array[length++] = (byte) (0x80 | point & 0x3F);
      return;
    }
    if (point < 0x10000) {
      array[length++] = (byte) (0xE0 | point >> 12);
    } else {
      array[length++] = (byte) (0xF0 | point >> 18);
      array[length++] = (byte) (0x80 | point >> 12 & 0x3F);
    }
    array[length++] = (byte) (0x80 | point >> 6 & 0x3F);
    array[length++] = (byte) (0x80 | point & 0x3F);
  }

  /** Appends a number of {@code digits} digits, with leading zeros. */
  public void digits(long number, int digits) {
    ensure(digits);
    long rest = number;
    for (int i = length + digits - 1; i >= length; i--) {
      array[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  public byte[] copy() {
    return Arrays.copyOf(array, length);
  }

  void ensure(int more) {
    if (more <= array.length - length) {
      return;
    }
    long required = (long) length + more;
    if (required > Integer.MAX_VALUE - 16) {
      throw new MalformedBytesException("A cell's text would exceed 2 GiB");
    }
    array =
        Arrays.copyOf(
            array, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(required, length * 2L)));
  }
}
