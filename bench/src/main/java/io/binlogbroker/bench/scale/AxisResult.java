package io.binlogbroker.bench.scale;

import java.util.ArrayList;
import java.util.List;

/** All steps of an axis, in order. */
record AxisResult(Axis axis, List<StepResult> steps) {
  AxisResult {
    steps = List.copyOf(steps);
  }

  /** A Markdown table with a title. */
  String markdown() {
    List<String> head = new ArrayList<>(List.of(axis.unit()));
    head.addAll(StepResult.HEAD);
    StringBuilder text = new StringBuilder("### Growing: " + axis.title() + "\n\n");
    line(text, head);
    line(text, head.stream().map(title -> "---").toList());
    steps.forEach(step -> line(text, step.cells()));
    return text.append('\n').toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
