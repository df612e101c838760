package io.binlogbroker.cli;

import io.binlogbroker.cli.group.UsageException;
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

/** Reports failures to the user without a stack trace, and maps them to exit codes. Stateless. */
final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** Reports an invalid command line. */
  static int usage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    print(err, String.valueOf(e.getMessage()));
    if (!UnmatchedArgumentException.printSuggestions(e, err)) {
      hint(command);
    }
    return ExitCode.USAGE.number();
  }

  /** Reports the failure of a command. */
  static int execution(Exception e, CommandLine command, @Nullable ParseResult parsed) {
    print(command.getErr(), message(e));
    if (e instanceof UsageException) {
      hint(command);
    }
    log.debug("{} failed", command.getCommandName(), e);
    return exitCode(e).number();
  }

  /** Logs the failure that ended the broker, in one line on the console. */
  static ExitCode log(Throwable e) {
    if (isExplained(e)) {
      log.error("{}", e.getMessage());
      log.debug("Cause", e);
    } else {
      log.error("Internal error: {}; the stack trace is in the log file", e.toString(), e);
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

  /** Whether its message is meant for the user. */
  private static boolean isExplained(Throwable e) {
    return e instanceof DeliveryException
        || e instanceof ConfigException
        || e instanceof UsageException;
  }

  private static String message(Throwable e) {
    return isExplained(e)
        ? String.valueOf(e.getMessage())
        : "Internal error: " + e + "; --log-level debug shows the stack trace";
  }

  private static void print(PrintWriter err, String message) {
    List<String> lines = message.lines().toList();
    err.println("binlogbroker: " + (lines.isEmpty() ? "" : lines.get(0)));
    lines.stream().skip(1).forEach(line -> err.println("  " + line));
  }

  private static void hint(CommandLine command) {
    command
        .getErr()
        .println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for help.");
  }
}
