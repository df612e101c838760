package io.binlogbroker.demo;

import io.binlogbroker.cli.Main;
import picocli.CommandLine;

/** Starts the program with the demo as an additional command. */
public final class Launcher {
  private Launcher() {}

  public static void main(String[] args) {
    CommandLine line = Main.commandLine();
    line.addSubcommand(new DemoCommand());
    System.exit(Main.execute(line, args));
  }
}
