package io.binlogbroker.client;

import java.util.Comparator;

/**
 * The identity of a change in its source: unique within a group, and ordered as the binary log is,
 * files by their numbers. The two halves of a key change have the same identity.
 *
 * @param file binary log file, such as {@code binlog.000002}
 * @param pos 64-bit offset in the file of the event that contains the row
 * @param row index of the row within that event, from 0
 */
public record ChangeId(String file, long pos, long row) implements Comparable<ChangeId> {
  // File numbers after 999999 have seven digits, so texts would compare wrongly.
  private static final Comparator<ChangeId> ORDER =
      Comparator.comparingLong(ChangeId::fileNumber)
          .thenComparing(ChangeId::file)
          .thenComparingLong(ChangeId::pos)
          .thenComparingLong(ChangeId::row);

  /**
   * Checks the file.
   *
   * @throws IllegalArgumentException if its name does not end with a number
   */
  public ChangeId {
    numberOf(file);
  }

  private long fileNumber() {
    return numberOf(file);
  }

  private static long numberOf(String file) {
    String digits = file.substring(file.lastIndexOf('.') + 1);
    try {
      return Long.parseUnsignedLong(digits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Expected a binary log file such as binlog.000002 but got " + file, e);
    }
  }

  @Override
  public int compareTo(ChangeId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return file + ":" + pos + "#" + row;
  }
}
