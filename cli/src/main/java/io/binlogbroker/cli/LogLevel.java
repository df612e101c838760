package io.binlogbroker.cli;

import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The log level option of every command. */
final class LogLevel {
  @Option(
      names = "--log-level",
      scope = ScopeType.INHERIT,
      paramLabel = "LEVEL",
      description =
          "The log level: error, warn, info, debug or trace. Default: info for the broker,"
              + " warn for commands.")
  private @Nullable Level level;

  Level or(Level byDefault) {
    return level == null ? byDefault : level;
  }
}
