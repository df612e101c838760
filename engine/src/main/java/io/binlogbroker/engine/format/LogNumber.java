package io.binlogbroker.engine.format;

/**
 * A position in the binary log as one number that JSON readers can represent exactly: 20 bits of
 * the file's number, then 33 bits of the offset. It increases along the log as long as files are
 * smaller than 8 GiB and there are fewer than 2<sup>20</sup> of them.
 */
public final class LogNumber {
  private static final int OFFSET_BITS = 33;
  private static final long LARGEST = (1L << 53) - 1;

  private LogNumber() {}

  public static long of(String file, long offset) {
    return (number(file) << OFFSET_BITS) + offset & LARGEST;
  }

  /** The digits at the end of the file's name. */
  private static long number(String file) {
    long number = 0;
    for (int i = file.lastIndexOf('.') + 1; i < file.length(); i++) {
      number = number * 10 + Character.digit(file.charAt(i), 10);
    }
    return number;
  }
}
