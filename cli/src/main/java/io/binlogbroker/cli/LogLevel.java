package io.binlogbroker.cli;

import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The option for how much is logged, which every command takes. */
final class LogLevel {
  @Option(
      names = "--log-level",
      scope = ScopeType.INHERIT,
      paramLabel = "LEVEL",
      description =
          "How much is logged: error, warn, info, debug or trace. Default: info for the broker,"
              + " warn for commands.")
  private @Nullable Level level;

  Level or(Level byDefault) {
    return level == null ? byDefault : level;
  }
}
