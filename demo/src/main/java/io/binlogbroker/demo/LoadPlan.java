package io.binlogbroker.demo;

/**
 * The number of changes to write, and their rate.
 *
 * @param changes 0 for an endless load
 * @param rate row changes per second
 * @param seed of the generated changes
 */
record LoadPlan(long changes, double rate, long seed) {
  static final double FULL_SPEED = Double.POSITIVE_INFINITY;
  static final double READABLE = 10;

  boolean isEndless() {
    return changes == 0;
  }

  boolean hasMoreAfter(long written) {
    return isEndless() || written < changes;
  }

  /** The number of changes that may follow, bounded by the size of one transaction. */
  int remainingAfter(long written) {
    return isEndless() ? Integer.MAX_VALUE : (int) Math.min(Integer.MAX_VALUE, changes - written);
  }
}
