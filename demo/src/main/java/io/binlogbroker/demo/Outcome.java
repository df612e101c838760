package io.binlogbroker.demo;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a run.
 *
 * @param changes the number of changes written
 * @param differences null if nothing was compared
 * @param isComparisonWanted whether a comparison was requested
 */
record Outcome(long changes, @Nullable List<String> differences, boolean isComparisonWanted) {
  private static final int MAX_LINES = 20;

  int exitCode() {
    if (differences == null) {
      return isComparisonWanted ? 1 : 0;
    }
    return differences.isEmpty() ? 0 : 1;
  }

  /** The lines to print; the last one is a summary. */
  Stream<String> lines() {
    if (differences == null) {
      String end = isComparisonWanted ? ", before they could be compared" : "";
      return Stream.of("demo: stopped after " + changes + " changes" + end);
    }
    int more = differences.size() - MAX_LINES;
    return Stream.of(
            differences.stream().limit(MAX_LINES),
            more > 0 ? Stream.of("... and " + more + " more") : Stream.<String>empty(),
            Stream.of("demo: " + changes + " changes, " + differences.size() + " differences"))
        .flatMap(lines -> lines);
  }
}
