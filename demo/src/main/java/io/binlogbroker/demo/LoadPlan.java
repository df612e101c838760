package io.binlogbroker.demo;

/**
 * How much is written, and how fast.
 *
 * @param changes 0 for no end
 * @param rate row changes per second
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

  /** How many changes may follow, no more than one transaction can have. */
  int mostAfter(long written) {
    return isEndless() ? Integer.MAX_VALUE : (int) Math.min(Integer.MAX_VALUE, changes - written);
  }
}
