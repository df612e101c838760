package io.binlogbroker.client;

import java.util.Comparator;

/**
 * Which change of its source a message tells: unique within a group, and in the order of the binary
 * log, files by their number. The two halves of a key change share it.
 *
 * @param file binary log file, as {@code binlog.000002}
 * @param pos 64-bit offset in the file of the event that carries the row
 * @param row index of the row within that event, from 0
 */
public record ChangeId(String file, long pos, long row) implements Comparable<ChangeId> {
  // A file's name grows a digit behind number 999999, so the text alone would sort wrongly.
  private static final Comparator<ChangeId> ORDER =
      Comparator.comparingLong(ChangeId::fileNumber)
          .thenComparing(ChangeId::file)
          .thenComparingLong(ChangeId::pos)
          .thenComparingLong(ChangeId::row);

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
          "Expected a binary log file as binlog.000002 but got " + file, e);
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
