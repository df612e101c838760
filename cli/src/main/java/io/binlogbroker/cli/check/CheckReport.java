package io.binlogbroker.cli.check;

import io.binlogbroker.cli.terminal.ExitCode;
import io.binlogbroker.engine.model.CheckResult;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;

/** Prints results as they arrive and keeps the exit code. One thread. */
public final class CheckReport {
  private static final int NAME_WIDTH = 34;

  private final PrintStream out;
  private ExitCode exitCode = ExitCode.OK;
  private int ok;
  private int warnings;
  private int notOk;

  public CheckReport(PrintStream out) {
    this.out = out;
  }

  public void addAll(List<CheckResult> results) {
    results.forEach(this::add);
  }

  public void add(CheckResult result) {
    count(result);
    out.printf("%-6s  %-" + NAME_WIDTH + "s  %s%n", word(result), result.name(), result.detail());
    if (!result.fix().isEmpty()) {
      out.printf("        fix: %s%n", result.fix());
    }
  }

  /** Prints the last line; returns the code of the first failure. */
  public ExitCode end() {
    out.printf("check: %d ok, %d warnings, %d not ok%n", ok, warnings, notOk);
    return exitCode;
  }

  private void count(CheckResult result) {
    if (result.ok()) {
      ok++;
      return;
    }
    if (result.isWarning()) {
      warnings++;
      return;
    }
    notOk++;
    if (exitCode == ExitCode.OK) {
      exitCode = ExitCode.of(Objects.requireNonNull(result.kind()));
    }
  }

  private static String word(CheckResult result) {
    if (result.ok()) {
      return "ok";
    }
    return result.isWarning() ? "warn" : "not ok";
  }
}
