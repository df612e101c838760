package io.binlogbroker.engine.format;

/**
 * One number for a place in the binary log, which JSON readers can hold exactly: 33 bits of offset
 * below 20 bits of the file's number. It grows along the log while files stay below 8 GiB and there
 * are less than 2<sup>20</sup> of them.
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
