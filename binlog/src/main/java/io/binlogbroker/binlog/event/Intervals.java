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

  /** Search from the end: numbers nearly always join the last interval. */
  private int firstEndingAtOrAfter(long number) {
    int at = count;
    while (at > 0 && lasts[at - 1] >= number) {
      at--;
    }
    return at;
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
