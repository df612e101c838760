package io.binlogbroker.engine.source.mysql.purge;

/** Which observations of a server's log follow each other without a gap. Stateless. */
final class Observations {
  /** Several periods of {@link SourceLogMonitor#observe}, some of which may fail. */
  private static final long LONGEST_SECONDS = 60;

  private Observations() {}

  /**
   * Whether what has changed between two observations can be taken as having happened at the later
   * one. After a gap, or when the clock was set back, it cannot.
   *
   * @param before seconds by the server's clock
   * @param now the same
   */
  static boolean areConsecutive(long before, long now) {
    return now >= before && now - before <= LONGEST_SECONDS;
  }
}
