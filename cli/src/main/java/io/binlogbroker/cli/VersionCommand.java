package io.binlogbroker.cli;

import java.io.PrintStream;
import picocli.CommandLine.Command;

/** Prints the versions. */
@Command(
    name = "version",
    mixinStandardHelpOptions = true,
    description = "Prints the versions of the program, of Java and of the Kafka client.")
final class VersionCommand implements Runnable {
  private final PrintStream out;

  VersionCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    for (String line : new Version().getVersion()) {
      out.println(line);
    }
  }
}
