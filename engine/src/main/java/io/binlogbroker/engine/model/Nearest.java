package io.binlogbroker.engine.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the known word that a misspelled one probably stands for. */
public final class Nearest {
  private Nearest() {}

  public static String hint(String word, Collection<String> known) {
    int tolerated = Math.max(2, word.length() / 3);
    return nearest(word, known)
        .filter(nearest -> distance(word, nearest) <= tolerated)
        .map(nearest -> "did you mean \"" + nearest + "\"?")
        .orElseGet(
            () -> "known here: " + known.stream().sorted().collect(Collectors.joining(", ")));
  }

  /**
   * The most similar word; of several the first alphabetically.
   *
   * @param known at least one
   */
  public static String to(String word, Collection<String> known) {
    return nearest(word, known).orElseThrow();
  }

  /**
   * The word that was probably meant; empty when none is similar.
   *
   * @param known may be empty
   */
  public static Optional<String> likely(String word, Collection<String> known) {
    int tolerated = Math.max(2, word.length() / 4);
    return nearest(word, known).filter(nearest -> distance(word, nearest) <= tolerated);
  }

  private static Optional<String> nearest(String word, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.comparingInt((String candidate) -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** The number of letters to insert, delete or replace, ignoring case. */
  static int distance(String left, String right) {
    String from = left.toLowerCase(Locale.ROOT);
    String to = right.toLowerCase(Locale.ROOT);
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
