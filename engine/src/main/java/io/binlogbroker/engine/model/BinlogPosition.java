package io.binlogbroker.engine.model;

/**
 * A position in a server's binary log. Methods that are called for each row pass file and offset
 * instead, to avoid the allocation. Files are compared by their number: the one after {@code
 * binlog.999999} is {@code binlog.1000000}.
 *
 * @param file name of the binary log file
 * @param offset in that file of the first byte of an event, 64 bits
 */
public record BinlogPosition(String file, long offset) implements Comparable<BinlogPosition> {
  /** Offset of the first event of each file, after the magic number. */
  public static final long FIRST_EVENT = 4;

  public static BinlogPosition startOf(String file) {
    return new BinlogPosition(file, FIRST_EVENT);
  }

  @Override
  public int compareTo(BinlogPosition other) {
    int byFile = Long.compare(number(file), number(other.file));
    return byFile != 0 ? byFile : Long.compare(offset, other.offset);
  }

  public boolean isBefore(BinlogPosition other) {
    return compareTo(other) < 0;
  }

  /** The number in the file's name; 0 for a name that does not end with a number. */
  public long fileNumber() {
    return number(file);
  }

  private static long number(String file) {
    int start = file.length();
    while (start > 0 && file.length() - start < 18 && Character.isDigit(file.charAt(start - 1))) {
      start--;
    }
    return start == file.length() ? 0 : Long.parseLong(file.substring(start));
  }

  @Override
  public String toString() {
    return file + ":" + offset;
  }
}
