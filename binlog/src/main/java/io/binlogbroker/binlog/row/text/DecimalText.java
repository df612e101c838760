package io.binlogbroker.binlog.row.text;

import io.binlogbroker.binlog.bytes.Endian;
import io.binlogbroker.binlog.bytes.MalformedBytesException;

/**
 * Writes packed DECIMALs as digits, without creating number objects. Groups of nine digits use four
 * bytes each, the remaining digits at both ends fewer. One thread.
 */
public final class DecimalText {
  private static final int[] BYTES_OF_DIGITS = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};
  private static final int[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };

  /**
   * Nine groups of nine digits: the server's precision in computations; a column has at most 65.
   */
  private static final int MOST_DIGITS = 81;

  /** Digits, sign, point, a leading zero. */
  private final byte[] text = new byte[MOST_DIGITS + 3];

  private int length;
  private int position;
  private int mask;
  private boolean nonZero;

  public static int bytes(int precision, int scale) {
    int whole = precision - scale;
    return 4 * (whole / 9)
        + BYTES_OF_DIGITS[whole % 9]
        + 4 * (scale / 9)
        + BYTES_OF_DIGITS[scale % 9];
  }

  /** Whether a column can be declared so: MySQL allows a scale up to 30, MariaDB up to 38. */
  public static boolean isPossible(int precision, int scale) {
    return precision >= 1 && precision <= 65 && scale >= 0 && scale <= 38 && scale <= precision;
  }

  /**
   * Whether a number in a JSON document can have these digits. Servers store it as computed: with
   * up to 81 digits, including leading zeros of a whole group, any number of them after the decimal
   * point.
   */
  public static boolean isComputable(int precision, int scale) {
    return precision >= 1 && precision <= MOST_DIGITS && scale >= 0 && scale <= precision;
  }

  public byte[] text() {
    return text;
  }

  public int offset() {
    return nonZero && mask != 0 ? 0 : 1;
  }

  public int length() {
    return length - offset();
  }

  /** Reads {@link #bytes} bytes; {@link #text} has the digits until the next call. */
  public void read(byte[] array, int offset, int precision, int scale) {
    mask = array[offset] < 0 ? 0 : -1;
    nonZero = false;
    position = offset;
    text[0] = '-';
    length = 1;
    readWhole(array, offset, precision - scale);
    if (scale > 0) {
      text[length++] = '.';
      for (int left = scale; left > 0; left -= 9) {
        int digits = Math.min(9, left);
        pad(group(array, offset, digits), digits);
      }
    }
  }

  private void readWhole(byte[] array, int start, int digits) {
    int odd = digits % 9;
    if (odd > 0) {
      whole(group(array, start, odd), odd);
    }
    for (int left = digits / 9; left > 0; left--) {
      whole(group(array, start, 9), 9);
    }
    if (length == 1) {
      text[length++] = '0';
    }
  }

  /** The first non-zero group is written without leading zeros. */
  private void whole(int value, int digits) {
    if (length > 1) {
      pad(value, digits);
      return;
    }
    if (value == 0) {
      return;
    }
    int needed = 1;
    while (needed < 9 && value >= POWERS[needed]) {
      needed++;
    }
    pad(value, needed);
  }

  private void pad(int value, int digits) {
    int rest = value;
    for (int i = length + digits - 1; i >= length; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  /**
   * The sign is the inverted top bit of the first byte; negative numbers have all bits inverted.
   */
  private int group(byte[] array, int start, int digits) {
    int bytes = BYTES_OF_DIGITS[digits];
    long raw = Endian.big(array, position, bytes);
    if (position == start) {
      raw ^= 0x80L << 8 * (bytes - 1);
    }
    position += bytes;
    long value = (raw ^ mask) & (1L << 8 * bytes) - 1;
    if (value >= POWERS[digits]) {
      throw new MalformedBytesException("Expected " + digits + " decimal digits but got " + value);
    }
    nonZero |= value != 0;
    return (int) value;
  }
}
