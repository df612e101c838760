package io.binlogbroker.demo;

import io.binlogbroker.broker.cli.Main;
import picocli.CommandLine;

/** Begins the program with all of its commands: the broker's own, and those to try it. */
public final class Launcher {
  private Launcher() {}

  public static void main(String[] args) {
    CommandLine line = Main.commandLine();
    line.addSubcommand(new ConsumeCommand());
    line.addSubcommand(new DemoCommand());
    System.exit(Main.execute(line, args));
  }
}
