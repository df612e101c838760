package io.binlogbroker.broker.config.edit;

import java.util.Arrays;
import java.util.List;

/** Finds the lines that two versions of a text have in common, in order. Stateless. */
final class SameLines {
  /** Bounds time and memory: 16 MB. */
  private static final long MOST_CELLS = 4_000_000;

  private SameLines() {}

  /**
   * For each line of the new text the index of the same line in the old one, ascending; -1 for a
   * new line. Where texts differ in too many lines, all of these are new.
   */
  static int[] of(List<String> before, List<String> after) {
    int[] same = new int[after.size()];
    Arrays.fill(same, -1);
    int start = 0;
    int most = Math.min(before.size(), after.size());
    while (start < most && before.get(start).equals(after.get(start))) {
      same[start] = start;
      start++;
    }
    int end = 0;
    while (end < most - start
        && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
      end++;
      same[after.size() - end] = before.size() - end;
    }
    List<String> left = before.subList(start, before.size() - end);
    List<String> right = after.subList(start, after.size() - end);
    if ((left.size() + 1L) * (right.size() + 1L) <= MOST_CELLS) {
      addCommon(left, right, start, same);
    }
    return same;
  }

  /** The longest common subsequence, from the lengths of those of all ends. */
  private static void addCommon(List<String> left, List<String> right, int offset, int[] same) {
    int[][] length = new int[left.size() + 1][right.size() + 1];
    for (int i = left.size() - 1; i >= 0; i--) {
      for (int j = right.size() - 1; j >= 0; j--) {
        length[i][j] =
            left.get(i).equals(right.get(j))
                ? length[i + 1][j + 1] + 1
                : Math.max(length[i + 1][j], length[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < left.size() && j < right.size()) {
      if (left.get(i).equals(right.get(j))) {
        same[offset + j++] = offset + i++;
      } else if (length[i + 1][j] >= length[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
  }
}
