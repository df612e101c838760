package io.binlogbroker.demo;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run has come to.
 *
 * @param changes how many were written
 * @param differences null where nothing was compared
 * @param wanted whether a comparison was asked for
 */
record Outcome(long changes, @Nullable List<String> differences, boolean wanted) {
  private static final int SHOWN = 20;

  int exitCode() {
    if (differences == null) {
      return wanted ? 1 : 0;
    }
    return differences.isEmpty() ? 0 : 1;
  }

  /** What to print; the last line sums it up. */
  Stream<String> lines() {
    if (differences == null) {
      String end = wanted ? ", before they could be compared" : "";
      return Stream.of("demo: stopped after " + changes + " changes" + end);
    }
    int more = differences.size() - SHOWN;
    return Stream.of(
            differences.stream().limit(SHOWN),
            more > 0 ? Stream.of("... and " + more + " more") : Stream.<String>empty(),
            Stream.of("demo: " + changes + " changes, " + differences.size() + " differences"))
        .flatMap(lines -> lines);
  }
}
