package io.binlogbroker.cli;

import io.binlogbroker.cli.check.CheckCommand;
import io.binlogbroker.cli.config.ConfigCommand;
import io.binlogbroker.cli.consume.ConsumeCommand;
import io.binlogbroker.cli.position.PositionCommand;
import io.binlogbroker.cli.snapshot.SnapshotCommand;
import io.binlogbroker.cli.terminal.ExitCode;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.RunLast;

/** The program's entry point: parses the command line, executes it and exits with its code. */
public final class Main {
  // The replacement for a character that the locale's encoding lacks.
  private static final char UNREADABLE = '\uFFFD';

  private Main() {}

  public static void main(String[] args) {
    System.exit(execute(commandLine(), args));
  }

  /** Executes a command line, once; returns the exit code. Without arguments it shows its usage. */
  public static int execute(CommandLine line, String... args) {
    for (String arg : args) {
      if (arg.indexOf(UNREADABLE) >= 0) {
        line.getErr()
            .printf(
                "binlogbroker: \"%s\" has characters that are invalid in the locale's encoding, %s;"
                    + " fix: LC_ALL=C.UTF-8 in the environment, which ./binlogbroker sets itself%n",
                arg, System.getProperty("sun.jnu.encoding"));
        return ExitCode.USAGE.number();
      }
    }
    if (args.length == 0) {
      line.usage(line.getErr());
      return ExitCode.USAGE.number();
    }
    return line.execute(args);
  }

  /** The whole command line, for one execution; further subcommands may be added. */
  public static CommandLine commandLine() {
    return commandLine(System.out, System.err);
  }

  static CommandLine commandLine(PrintStream out, PrintStream err) {
    LogLevel level = new LogLevel();
    CommandLine line = new CommandLine(new BrokerCommand(level));
    line.addSubcommand(new CheckCommand(out));
    line.addSubcommand(new ConsumeCommand());
    line.addSubcommand(ConfigCommand.commandLine(out));
    line.addSubcommand(PositionCommand.commandLine(out));
    line.addSubcommand(SnapshotCommand.commandLine(out));
    line.addSubcommand(new RoleCommand(out));
    line.addSubcommand(new VersionCommand(out));
    line.addSubcommand(new CommandLine.HelpCommand());
    line.setOut(writer(out));
    line.setErr(writer(err));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(Failures::usage);
    line.setExecutionExceptionHandler(Failures::execution);
    line.setExecutionStrategy(
        parsed -> {
          Logging.toConsole(level.or(org.slf4j.event.Level.WARN));
          return new RunLast().execute(parsed);
        });
    return line;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, Charset.defaultCharset());
  }
}
