package io.binlogbroker.binlog.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A set of integers as disjoint, ascending intervals that are not adjacent. Mutable; one thread.
 */
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

  /** Adds all numbers of an interval, ends inclusive, and merges intervals that become adjacent. */
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

  void addAll(Intervals others) {
    Intervals union = new Intervals();
    int i = 0;
    int j = 0;
    while (i < count || j < others.count) {
      boolean takeFromThis = j == others.count || (i < count && firsts[i] <= others.firsts[j]);
      if (takeFromThis) {
        union.add(firsts[i], lasts[i]);
        i++;
      } else {
        union.add(others.firsts[j], others.lasts[j]);
        j++;
      }
    }
    firsts = union.firsts;
    lasts = union.lasts;
    count = union.count;
  }

  /** Adds intervals (first, last) that may be in any order and overlap. */
  void addAll(List<long[]> others) {
    List<long[]> ascending = new ArrayList<>(others);
    ascending.sort(Comparator.comparingLong(ends -> ends[0]));
    Intervals sorted = new Intervals();
    ascending.forEach(ends -> sorted.add(ends[0], ends[1]));
    addAll(sorted);
  }

  boolean containsAll(Intervals others) {
    for (int i = 0; i < others.count; i++) {
      int at = firstEndingAtOrAfter(others.firsts[i]);
      if (at == count || firsts[at] > others.firsts[i] || lasts[at] < others.lasts[i]) {
        return false;
      }
    }
    return true;
  }

  /** The numbers in this set that are not in the other. */
  Intervals without(Intervals others) {
    Intervals rest = new Intervals();
    for (int i = 0; i < count; i++) {
      addWithout(rest, firsts[i], lasts[i], others);
    }
    return rest;
  }

  private static void addWithout(Intervals rest, long first, long last, Intervals others) {
    long from = first;
    for (int i = others.firstEndingAtOrAfter(first); i < others.count; i++) {
      if (others.firsts[i] > last) {
        break;
      }
      if (others.firsts[i] > from) {
        rest.add(from, others.firsts[i] - 1);
      }
      from = others.lasts[i] + 1;
    }
    if (from <= last) {
      rest.add(from, last);
    }
  }

  private int firstEndingAtOrAfter(long number) {
    if (isAfter(count - 1, number)) {
      return count;
    }
    if (isAfter(count - 2, number)) {
      return count - 1; // most numbers extend the last interval
    }
    int at = Arrays.binarySearch(lasts, 0, count, number);
    return at < 0 ? -at - 1 : at;
  }

  /** Whether a number is greater than all of an interval; true for a negative index. */
  private boolean isAfter(int index, long number) {
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
