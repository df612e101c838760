package io.binlogbroker.binlog.row.text;

import io.binlogbroker.binlog.bytes.Endian;

/** Validates UTF-8 and replaces invalid sequences. Stateless. */
public final class Utf8Text implements TextDecoder {
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** Index of the first byte that is not ASCII; {@code to} if all are. */
  public static int asciiEnd(byte[] bytes, int from, int to) {
    int i = from;
    while (to - i >= 8 && (Endian.i64(bytes, i) & HIGH_BITS) == 0) {
      i += 8;
    }
    while (i < to && bytes[i] >= 0) {
      i++;
    }
    return i;
  }

  /** Index of the first byte of an invalid sequence; {@code to} if there is none. */
  public static int validEnd(byte[] bytes, int from, int to) {
    int i = asciiEnd(bytes, from, to);
    while (i < to) {
      int length = sequence(bytes, i, to);
      if (length <= 0) {
        return i;
      }
      i += length;
      if (length == 1) {
        i = asciiEnd(bytes, i, to);
      }
    }
    return to;
  }

  /**
   * Each maximal subpart of an invalid sequence becomes one U+FFFD, as the Unicode standard
   * recommends.
   */
  @Override
  public boolean decode(byte[] bytes, int from, int to, Utf8Buffer out) {
    boolean replaced = false;
    int i = from;
    while (i < to) {
      int valid = validEnd(bytes, i, to);
      out.bytes(bytes, i, valid - i);
      i = valid;
      if (i < to) {
        out.codePoint(Utf8Buffer.REPLACEMENT);
        replaced = true;
        i += -sequence(bytes, i, to);
      }
    }
    return replaced;
  }

  /** Length of the valid sequence at {@code i}, or minus the length of the invalid one. */
  private static int sequence(byte[] bytes, int i, int to) {
    int first = bytes[i] & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    if (first < 0xC2 || first > 0xF4) {
      return -1;
    }
    int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (i + 1 >= to || !isSecondByte(first, bytes[i + 1] & 0xFF)) {
      return -1;
    }
    for (int k = 2; k < length; k++) {
      if (i + k >= to || (bytes[i + k] & 0xC0) != 0x80) {
        return -k;
      }
    }
    return length;
  }

  /** No overlong forms, no surrogates, nothing above U+10FFFF. */
  private static boolean isSecondByte(int first, int second) {
    int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    return second >= low && second <= high;
  }
}
