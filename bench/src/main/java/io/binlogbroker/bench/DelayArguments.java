package io.binlogbroker.bench;

import java.util.List;
import picocli.CommandLine.Option;

/** The options for measurements of the latency. */
final class DelayArguments {
  @Option(
      names = "--delay",
      split = ",",
      description =
          "Also measures the latency, at these rates in transactions per second; with --snapshot"
              + " during a snapshot of the narrow table and without.")
  private List<Integer> rates = List.of();

  @Option(names = "--delay-seconds", description = "Duration at each rate, after a warm-up.")
  private int seconds = 20;

  @Option(names = "--delay-only", description = "Measures only the latency, not the loads.")
  private boolean only;

  List<Integer> rates() {
    return rates;
  }

  int seconds() {
    return seconds;
  }

  boolean only() {
    return only;
  }
}
