package io.binlogbroker.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * All rounds with one load; each subject ran once per round.
 *
 * @param load its schema
 * @param format of the messages
 * @param changes rows that the load delivers
 * @param rounds measurements by the subject's name, in the order of the runs
 */
record LoadResult(String load, String format, long changes, List<Map<String, Measurement>> rounds) {
  LoadResult {
    rounds = List.copyOf(rounds);
  }

  LoadResult with(Map<String, Measurement> round) {
    List<Map<String, Measurement>> more = new ArrayList<>(rounds);
    more.add(round);
    return new LoadResult(load, format, changes, more);
  }

  String title() {
    return String.format(Locale.ROOT, "%s as %s: %,d rows", load, format, changes);
  }

  Set<String> subjects() {
    return rounds.get(0).keySet();
  }

  Spread spread(String subject, ToDoubleFunction<Measurement> of) {
    return Spread.of(rounds.stream().map(round -> of.applyAsDouble(of(round, subject))).toList());
  }

  /** The speed relative to another subject in the same round. */
  Spread timesAsFastAs(String other, String subject) {
    return Spread.of(
        rounds.stream()
            .map(round -> of(round, subject).rowsPerSecond() / of(round, other).rowsPerSecond())
            .toList());
  }

  private static Measurement of(Map<String, Measurement> round, String subject) {
    Measurement measurement = round.get(subject);
    if (measurement == null) {
      throw new IllegalArgumentException(
          "Expected one of " + round.keySet() + " but got " + subject);
    }
    return measurement;
  }
}
