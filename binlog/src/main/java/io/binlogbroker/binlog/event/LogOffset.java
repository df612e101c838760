package io.binlogbroker.binlog.event;

/**
 * The rules for 64-bit offsets in log files above 4 GiB, of which events and commands hold only the
 * low 32 bits. Stateless.
 */
public final class LogOffset {
  /** Offset of the first event of each file, after the magic number. */
  public static final long FIRST_EVENT = 4;

  private static final long MAX_32_BIT = 0xFFFFFFFFL;

  private LogOffset() {}

  /** Whether commands and functions of the server accept the offset. */
  public static boolean fitsCommand(long offset) {
    return offset <= MAX_32_BIT;
  }

  /**
   * Offset at which to request a dump in order to read from the given one: the same, or the start
   * of the file, whose events before it are then to be skipped.
   */
  public static long dumpStart(long offset) {
    return fitsCommand(offset) ? offset : FIRST_EVENT;
  }

  /**
   * The first offset at or after {@code earliest} that has these low 32 bits. An event's end is
   * later than that of its bytes if the server skips transactions that a replica with GTIDs already
   * has; if it skips more than 4 GiB at once, only the low bits are correct.
   */
  public static long atOrAfter(long earliest, long low) {
    return earliest + ((low - earliest) & MAX_32_BIT);
  }
}
