package io.binlogbroker.broker.catalogue;

/**
 * Where something stands in a server's log. Files are compared by their number: the one after
 * {@code binlog.999999} is {@code binlog.1000000}.
 *
 * @param offset of its first byte, 64 bits
 */
public record Place(String file, long offset) implements Comparable<Place> {
  @Override
  public int compareTo(Place other) {
    int byFile = Long.compare(number(file), number(other.file));
    return byFile != 0 ? byFile : Long.compare(offset, other.offset);
  }

  public boolean isBefore(Place other) {
    return compareTo(other) < 0;
  }

  /** 0 for a name that ends with no number. */
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
