package io.binlogbroker.engine.format.debezium;

import java.util.Arrays;

/**
 * Converts a DECIMAL's digits to the bytes of its unscaled value: two's complement, big-endian,
 * minimal length. One thread.
 */
final class UnscaledDecimal {
  /** 65 digits need 216 bits, and one for the sign. */
  private static final int LARGEST = 28;

  private final byte[] bytes = new byte[LARGEST];

  /** Converts the digits; the result is in {@link #bytes} from {@link #offset} on. */
  void of(byte[] ascii, int offset, int length) {
    Arrays.fill(bytes, (byte) 0);
    for (int i = offset; i < offset + length; i++) {
      if (ascii[i] >= '0' && ascii[i] <= '9') {
        append(ascii[i] - '0');
      }
    }
    if (ascii[offset] == '-') {
      negate();
    }
  }

  private void append(int digit) {
    int carry = digit;
    for (int i = LARGEST - 1; i >= 0; i--) {
      int sum = (bytes[i] & 0xff) * 10 + carry;
      bytes[i] = (byte) sum;
      carry = sum >>> 8;
    }
  }

  private void negate() {
    int carry = 1;
    for (int i = LARGEST - 1; i >= 0; i--) {
      int sum = (~bytes[i] & 0xff) + carry;
      bytes[i] = (byte) sum;
      carry = sum >>> 8;
    }
  }

  /** The array with the value from {@link #offset} to its end; valid until the next conversion. */
  byte[] bytes() {
    return bytes;
  }

  /** The offset after the bytes that only repeat the sign. */
  int offset() {
    int first = 0;
    while (first < LARGEST - 1 && bytes[first] == bytes[first + 1] >> 7) {
      first++;
    }
    return first;
  }
}
