package io.binlogbroker.cli;

import io.binlogbroker.cli.terminal.ExitCode;
import io.binlogbroker.engine.model.ConfigException;
import io.binlogbroker.engine.model.DeliveryException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user what failed, without a stack trace, and the exit code for it. Stateless. */
final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** What cannot be understood on the command line. */
  static int usage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    say(err, String.valueOf(e.getMessage()));
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      hint(command);
    }
    return ExitCode.USAGE.number();
  }

  /** What a command could not do. */
  static int execution(Exception e, CommandLine command, @Nullable ParseResult parsed) {
    say(command.getErr(), message(e));
    if (e instanceof UsageException) {
      hint(command);
    }
    log.debug("{} failed", command.getCommandName(), e);
    return exitCode(e).number();
  }

  /** Logs what ended the broker, for the console in one line. */
  static ExitCode log(Throwable e) {
    if (isExplained(e)) {
      log.error("{}", e.getMessage());
      log.debug("That came from", e);
    } else {
      log.error("A fault of the program: {}; the log file says where", e.toString(), e);
    }
    return exitCode(e);
  }

  private static ExitCode exitCode(Throwable e) {
    if (e instanceof DeliveryException failure) {
      return ExitCode.of(failure.kind());
    }
    if (e instanceof ConfigException) {
      return ExitCode.CONFIG;
    }
    return e instanceof UsageException ? ExitCode.USAGE : ExitCode.INTERNAL;
  }

  /** Whether its message was written for the user. */
  private static boolean isExplained(Throwable e) {
    return e instanceof DeliveryException
        || e instanceof ConfigException
        || e instanceof UsageException;
  }

  private static String message(Throwable e) {
    return isExplained(e)
        ? String.valueOf(e.getMessage())
        : "A fault of the program: " + e + "; --log-level debug shows where";
  }

  private static void say(PrintWriter err, String message) {
    List<String> lines = message.lines().toList();
    err.println("binlogbroker: " + (lines.isEmpty() ? "" : lines.get(0)));
    lines.stream().skip(1).forEach(line -> err.println("  " + line));
  }

  private static void hint(CommandLine command) {
    command
        .getErr()
        .println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for more.");
  }
}
