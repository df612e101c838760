package io.binlogbroker.binlog.event;

import java.util.Arrays;

/** Whole numbers as disjoint, ascending intervals that do not touch. Mutable; one thread. */
final class Intervals {
  private long[] firsts = new long[2];
  private long[] lasts = new long[2];
  private int count;

  int count() {
    return count;
  }

  long first(int index) {
    return firsts[index];
  }

  /** Inclusive. */
  long last(int index) {
    return lasts[index];
  }

  boolean contains(long number) {
    int at = firstEndingAtOrAfter(number);
    return at < count && firsts[at] <= number;
  }

  /** Adds all numbers of an interval, both ends included, and joins what then touches. */
  void add(long first, long last) {
    int from = firstEndingAtOrAfter(first - 1);
    int to = from;
    long joinedFirst = first;
    long joinedLast = last;
    while (to < count && firsts[to] <= last + 1) {
      joinedFirst = Math.min(joinedFirst, firsts[to]);
      joinedLast = Math.max(joinedLast, lasts[to]);
      to++;
    }
    replace(from, to, joinedFirst, joinedLast);
  }

  private int firstEndingAtOrAfter(long number) {
    if (isBehind(count - 1, number)) {
      return count;
    }
    if (isBehind(count - 2, number)) {
      return count - 1; // numbers nearly always join the last interval
    }
    int at = Arrays.binarySearch(lasts, 0, count, number);
    return at < 0 ? -at - 1 : at;
  }

  /** Whether a number lies behind an interval; it lies behind the one that would be before all. */
  private boolean isBehind(int index, long number) {
    return index < 0 || lasts[index] < number;
  }

  private void replace(int from, int to, long first, long last) {
    int after = count - to;
    int newCount = from + 1 + after;
    if (newCount > firsts.length) {
      firsts = Arrays.copyOf(firsts, newCount * 2);
      lasts = Arrays.copyOf(lasts, newCount * 2);
    }
    System.arraycopy(firsts, to, firsts, from + 1, after);
    System.arraycopy(lasts, to, lasts, from + 1, after);
    firsts[from] = first;
    lasts[from] = last;
    count = newCount;
  }
}
