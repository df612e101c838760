package io.binlogbroker.bench;

import java.util.List;
import java.util.Locale;

/** Writes targets, and whether they were met, as a Markdown table. One thread. */
final class TargetTable {
  private static final String HEAD =
      """
      ### Targets for the broker, exactly once, format json

      | load | target | measured | result |
      |---|---|---|---|
      """;

  private final StringBuilder lines = new StringBuilder();

  void atLeast(String load, String what, double target, Spread measured, String number) {
    line(
        load,
        what + " ≥ " + text(number, target),
        measured.text(number),
        measured.median() >= target);
  }

  void atMost(String load, String what, double target, Spread measured, String number) {
    line(
        load,
        what + " ≤ " + text(number, target),
        measured.text(number),
        measured.median() <= target);
  }

  private static String text(String number, double value) {
    return String.format(Locale.ROOT, number, value);
  }

  private void line(String load, String target, String measured, boolean isMet) {
    String result = isMet ? "met" : "**not met**";
    lines
        .append("| ")
        .append(String.join(" | ", List.of(load, target, measured, result)))
        .append(" |\n");
  }

  /** Returns the table; empty if nothing with a target was measured. */
  String markdown() {
    return lines.isEmpty() ? "" : HEAD + lines + "\n";
  }
}
