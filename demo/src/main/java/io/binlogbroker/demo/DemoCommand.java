package io.binlogbroker.demo;

import io.binlogbroker.broker.ha.StopSignal;
import io.binlogbroker.cli.terminal.Console;
import io.binlogbroker.cli.terminal.ExitCode;
import io.binlogbroker.cli.terminal.Interrupts;
import io.binlogbroker.engine.model.DeliveryException;
import io.binlogbroker.testkit.process.ServerException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code binlogbroker demo}: checks its options, runs a {@link Demo} on the caller's thread, and
 * returns the exit code of the process.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Demonstrates the broker on this machine: starts its own MariaDB and Kafka, changes rows,"
          + " delivers the changes, and prints each message. Servers and data are removed at the"
          + " end.",
      "With --changes, it then rebuilds the tables from the topics and compares them with the"
          + " database."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by Ctrl-C, or all changes arrived and the tables are equal",
      "1:there are differences, or it was stopped before it could compare",
      "2:invalid options",
      "11:a server could not be downloaded or started",
      "other:the broker gave up, see docs/exit-codes.md"
    })
public final class DemoCommand implements Callable<Integer> {
  /** An upper estimate of the memory for a change while the tables are rebuilt. */
  private static final long BYTES_PER_CHANGE = 2048;

  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--changes",
      paramLabel = "N",
      description = "Stop after N row changes, and compare. Without it, run until Ctrl-C.")
  private long changes;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Row changes per second. Default: 10; with --changes, as fast as possible.")
  private double rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed always writes the same changes (default ${DEFAULT-VALUE}).")
  private long seed;

  /** A command that prints to the standard output of the process. */
  public DemoCommand() {
    this(Console.ofProcess());
  }

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    checkOptions();
    StopSignal stop = new StopSignal();
    try (Interrupts interrupts = new Interrupts(stop)) {
      int exitCode = run(stop);
      interrupts.endWith(exitCode);
      return exitCode;
    }
  }

  private int run(StopSignal stop) {
    try {
      return new Demo(console, stop, new LoadPlan(changes, rate(), seed)).run();
    } catch (DeliveryException e) {
      return failed(ExitCode.of(e.kind()), "the broker gave up: " + e.getMessage());
    } catch (ServerException e) {
      return failed(ExitCode.UNREACHABLE, String.valueOf(e.getMessage()));
    } catch (UncheckedIOException e) {
      return failed(ExitCode.UNREACHABLE, e.getMessage() + " (" + e.getCause() + ")");
    }
  }

  private int failed(ExitCode exitCode, String reason) {
    console.line("demo: " + reason);
    return exitCode.number();
  }

  private double rate() {
    if (rate > 0) {
      return rate;
    }
    return changes > 0 ? LoadPlan.FULL_SPEED : LoadPlan.READABLE;
  }

  private void checkOptions() {
    require(!isGiven("--changes") || changes > 0, "--changes: expected 1 or more");
    require(!isGiven("--rate") || rate > 0, "--rate: expected more than 0");
    long heap = Runtime.getRuntime().maxMemory();
    require(
        changes <= heap / 2 / BYTES_PER_CHANGE,
        "--changes: comparing %d changes needs more memory than this heap of %d MiB: set JAVA_OPTS=-Xmx%dm"
            .formatted(changes, heap >> 20, 1 + (changes * 2 * BYTES_PER_CHANGE >> 20)));
  }

  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private void require(boolean isValid, String message) {
    if (!isValid) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
