package io.binlogbroker.broker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Chooses few combinations of settings such that any two values that can meet do so in one. */
final class Pairwise {
  private Pairwise() {}

  /**
   * The first has the first value of each setting.
   *
   * @param choices the values of each setting
   * @param possible whether a combination can be had
   */
  static List<Map<String, String>> cover(
      Map<String, List<String>> choices, Predicate<Map<String, String>> possible) {
    List<Map<String, String>> all = product(choices).stream().filter(possible).toList();
    Set<Set<Map.Entry<String, String>>> open = new HashSet<>();
    all.forEach(combination -> open.addAll(pairs(combination)));
    List<Map<String, String>> chosen = new ArrayList<>();
    while (!open.isEmpty()) {
      Map<String, String> best =
          chosen.isEmpty()
              ? all.get(0)
              : all.stream().max(Comparator.comparingLong(c -> count(c, open))).orElseThrow();
      chosen.add(best);
      open.removeAll(pairs(best));
    }
    return chosen;
  }

  private static long count(
      Map<String, String> combination, Collection<Set<Map.Entry<String, String>>> open) {
    return pairs(combination).stream().filter(open::contains).count();
  }

  private static Set<Set<Map.Entry<String, String>>> pairs(Map<String, String> combination) {
    Set<Set<Map.Entry<String, String>>> pairs = new HashSet<>();
    for (Map.Entry<String, String> one : combination.entrySet()) {
      for (Map.Entry<String, String> other : combination.entrySet()) {
        if (!one.equals(other)) {
          pairs.add(
              Set.of(
                  Map.entry(one.getKey(), one.getValue()),
                  Map.entry(other.getKey(), other.getValue())));
        }
      }
    }
    return pairs;
  }

  private static List<Map<String, String>> product(Map<String, List<String>> choices) {
    List<Map<String, String>> product = List.of(Map.of());
    for (Map.Entry<String, List<String>> choice : choices.entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> combination : product) {
        for (String value : choice.getValue()) {
          Map<String, String> next = new LinkedHashMap<>(combination);
          next.put(choice.getKey(), value);
          longer.add(next);
        }
      }
      product = longer;
    }
    return product;
  }
}
